// One selector for three stages: it shows the workspace's runs and what of them is in use, and changes that.
#pragma once

namespace minnow {

class RunSelector;
class Workspace;

/// From now on `selector` follows the workspace, and the workspace the selector.
void followRuns(RunSelector* selector, Workspace& workspace);

}  // namespace minnow
