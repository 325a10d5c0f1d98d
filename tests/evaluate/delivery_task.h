// The delivery task as tests use it, and one with three fields of other kinds.
#pragma once

#include "core/types/task.h"

namespace minnow::test {

inline Task delivery_task() {
  Task task;
  task.name = "delivery addresses";
  task.fields = {{"province", FieldKind::province, "", false}, {"city", FieldKind::city, "", false},
                 {"district", FieldKind::district, "", false}, {"specific_location", FieldKind::verbatim, "", false},
                 {"name", FieldKind::person_name, "", true},   {"phone", FieldKind::phone, "", true}};
  return task;
}

inline Task invoice_task() {
  Task task;
  task.name = "invoices";
  task.fields = {{"seller", FieldKind::text, "", false},
                 {"total", FieldKind::number, "", false},
                 {"day", FieldKind::date, "", true}};
  return task;
}

}  // namespace minnow::test
