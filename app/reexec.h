// libgomp's worker threads spin at every barrier, and decode-sized work beside one busy neighbour runs 3 to 30 times
// slower for it. OMP_WAIT_POLICY=passive lets them sleep, but libgomp reads the variable once, while it is being loaded,
// before main. So a program that finds the variable unset starts itself again with it. GLIBC_TUNABLES is set on the way,
// where it isn't: glibc.malloc.hugetlb=1 (glibc 2.35 on) asks for large pages, without which a step's activations cost
// a page fault every 4 KiB: training runs about a tenth faster with it.
//
// How to use it: link the object library minnow_reexec into an executable. There is nothing to call: the second start
// happens before any constructor of any library has run, which halves its price (0.2 s instead of 0.45 s of a CPU with
// Debian 12's libtorch). A value that the user set stays; with OMP_WAIT_POLICY set nothing is started twice.
#pragma once

namespace minnow {

/// The value of OMP_WAIT_POLICY that libgomp has seen: "passive", what the user set, or "" where /proc is missing.
const char* wait_policy();

}  // namespace minnow
