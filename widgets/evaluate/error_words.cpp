// Ten kinds, named.
#include "widgets/evaluate/error_words.h"

namespace minnow {

QString ErrorWords::name(FieldError error) {
  switch (error) {
    case FieldError::none:
      return tr("right");
    case FieldError::missing:
      return tr("missing");
    case FieldError::invented:
      return tr("invented");
    case FieldError::cut_short:
      return tr("cut short");
    case FieldError::too_long:
      return tr("too long");
    case FieldError::wrong_level:
      return tr("wrong level");
    case FieldError::digit_slip:
      return tr("digit slip");
    case FieldError::swapped:
      return tr("swapped");
    case FieldError::suffix_form:
      return tr("form of suffix");
    case FieldError::bad_json:
      return tr("bad JSON");
    case FieldError::other:
      return tr("other");
  }
  return {};
}

QString ErrorWords::meaning(FieldError error) {
  switch (error) {
    case FieldError::none:
      return tr("The value equals the wanted one.");
    case FieldError::missing:
      return tr("The key is absent or empty although a value was wanted.");
    case FieldError::invented:
      return tr("A value that stands nowhere in the input, or where none was wanted.");
    case FieldError::cut_short:
      return tr("A part of the wanted value.");
    case FieldError::too_long:
      return tr("The wanted value with something added.");
    case FieldError::wrong_level:
      return tr("A region of another level, such as a city where a province was wanted.");
    case FieldError::digit_slip:
      return tr("One or two digits differ.");
    case FieldError::swapped:
      return tr("Another field's value.");
    case FieldError::suffix_form:
      return tr("The same region in another form, with or without its ending.");
    case FieldError::bad_json:
      return tr("The answer isn't a JSON object.");
    case FieldError::other:
      return tr("Wrong in none of the other ways.");
  }
  return {};
}

}  // namespace minnow
