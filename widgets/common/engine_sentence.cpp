// One row per sentence: a pattern of what core says (core/data/audit, label_checks, import; core/teach/label;
// core/train) and what the window says instead, with the pattern's captures as %1, %2, …
#include "widgets/common/engine_sentence.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <iterator>
#include <vector>

namespace minnow {
namespace {

struct Known {
  const char* pattern;  ///< of the whole sentence
  const char* text;
};

constexpr Known table[] = {
    // Of one row.
    {"there is no text to read", QT_TRANSLATE_NOOP("minnow::EngineSentence", "There is no text to read.")},
    {"the row has no text to read", QT_TRANSLATE_NOOP("minnow::EngineSentence", "There is no text to read.")},
    {"the row has (\\d+) tokens, the limit is (\\d+)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The row has %1 tokens, the limit is %2.")},
    {"row (\\S+) has the same input and another label",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Row %1 has the same input and another answer.")},
    {"row (\\S+) has the same input", QT_TRANSLATE_NOOP("minnow::EngineSentence", "Row %1 has the same input.")},
    {"row (\\S+) of the train rows is nearly the same",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Row %1 of the training rows is nearly the same.")},
    {"row (\\S+) of the validation rows is nearly the same",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Row %1 of the validation rows is nearly the same.")},
    {"row (\\S+) of the test rows is nearly the same",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Row %1 of the test rows is nearly the same.")},
    // Of a label.
    {"a key stands in the label twice; the last value counts",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "A key stands in the answer twice; the last value counts.")},
    {"label: not valid JSON at line (\\d+), column (\\d+) \\(byte \\d+\\): (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The answer isn't valid JSON at line %1, column %2: %3")},
    {"the value is '(.*)', it must be text",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The value is %1, it must be text.")},
    {"the value is '(.*)', it must be a number or text",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The value is %1, it must be a number or text.")},
    {"the value is '(.*)', it must be a list of texts",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The value is %1, it must be a list of texts.")},
    {"the value is '(.*)', it must be true or false",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The value is %1, it must be true or false.")},
    {"the list is empty", QT_TRANSLATE_NOOP("minnow::EngineSentence", "The list is empty.")},
    {"'(.*)' is none of the field's values: (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' is none of the field's values: %2")},
    {"the value is empty", QT_TRANSLATE_NOOP("minnow::EngineSentence", "The value is empty.")},
    {"the label is empty", QT_TRANSLATE_NOOP("minnow::EngineSentence", "The answer is empty.")},
    {"label: it begins with a byte order mark",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The answer begins with a byte order mark.")},
    {"the label is a Python dict, not JSON: .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The answer is a Python dict, not JSON.")},
    {"the label's JSON stands in a Markdown fence, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "The answer's JSON stands in a Markdown fence, which would be learnt too.")},
    {"words stand around the label's JSON: '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Words stand around the answer's JSON: %1")},
    {"behind the label's JSON stands '(.*)', which would .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "Behind the answer's JSON stands %1, which would be learnt as text; training adds the end itself.")},
    {"the label is a JSON string with JSON in it: .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "The answer is a JSON string with JSON in it: it was written as JSON twice.")},
    {"the input holds control tokens, which .*: '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The text holds control tokens, which are taken for ordinary text: %1")},
    {"the system prompt holds control tokens, which .*: '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "The system prompt holds control tokens, which are taken for ordinary text: %1")},
    {"the label holds control tokens, which .*: '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "The answer holds control tokens, which are taken for ordinary text: %1")},
    {"'(.*)' is only a piece of '(.*)' in the input",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' is only a piece of '%2' in the input.")},
    {"'(.*)' is an error of a spreadsheet, not a value",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' is an error of a spreadsheet, not a value.")},
    {"'(.*)' has a spreadsheet's guard around its number",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' has a spreadsheet's guard around its number.")},
    {"'(.*)' is a date that a spreadsheet made of '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' is a date that a spreadsheet made of '%2'.")},
    {"'(.*)' is what a spreadsheet made of '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' is what a spreadsheet made of '%2'.")},
    {"'(.*)' is a number that a spreadsheet has shortened",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' is a number that a spreadsheet has shortened.")},
    {"'(.*)' has lost the plus of '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' has lost the plus of '%2'.")},
    {"'(.*)' has lost the zero in front of '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' has lost the zero in front of '%2'.")},
    {"'(.*)' has lost digits of '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' has lost digits of '%2'.")},
    {"'(.*)' doesn't stand in the input",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' doesn't stand in the input.")},
    {"'(.*)' hasn't the shape of a phone number",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' hasn't the shape of a phone number.")},
    {"'(.*)' isn't a number", QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' isn't a number.")},
    {"'(.*)' isn't a date", QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' isn't a date.")},
    {"no province is called '(.*)'", QT_TRANSLATE_NOOP("minnow::EngineSentence", "No province is called '%1'.")},
    {"no city is called '(.*)'", QT_TRANSLATE_NOOP("minnow::EngineSentence", "No city is called '%1'.")},
    {"no district or county is called '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "No district or county is called '%1'.")},
    {"'(.*)' doesn't lie in '(.*)'; it lies in (.*) and elsewhere",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' doesn't lie in '%2'; it lies in %3 and elsewhere.")},
    {"'(.*)' doesn't lie in '(.*)'; it lies in (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' doesn't lie in '%2'; it lies in %3.")},
    {"'(.*)' doesn't lie in '(.*)'", QT_TRANSLATE_NOOP("minnow::EngineSentence", "'%1' doesn't lie in '%2'.")},
    {"the label is '(.*)', it must be a JSON object",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The answer is %1, it must be a JSON object.")},
    {"the label has no '(.*)'", QT_TRANSLATE_NOOP("minnow::EngineSentence", "The answer has no '%1'.")},
    {"the task has no field '(.*)'", QT_TRANSLATE_NOOP("minnow::EngineSentence", "The task has no field '%1'.")},
    {"the length limit ended the answer",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The length limit ended the answer.")},
    {"how sure the teacher was isn't known",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "How sure the teacher was isn't known.")},
    {"the teacher was (\\S+) % sure of the value",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The teacher was %1 % sure of the value.")},
    // Of a line that was set aside; the engine puts file and line before it.
    {".*:\\d+: not valid JSON at (?:line \\d+, )?column (\\d+) \\(byte \\d+\\): (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Not valid JSON at column %1: %2")},
    {".*:\\d+: the row has (\\d+) cells, the table has (\\d+)(?: .*)?",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The row has %1 cells, the table has %2.")},
    {".*:\\d+: the row has (\\d+) messages; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The row has %1 messages; a row is one question and its answer.")},
    {".*:\\d+: the row has no text to read", QT_TRANSLATE_NOOP("minnow::EngineSentence", "There is no text to read.")},
    {".*:\\d+: column '(.*)' is empty", QT_TRANSLATE_NOOP("minnow::EngineSentence", "Column '%1' is empty.")},
    {".*:\\d+: the line is longer than (\\d+) MiB",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The line is longer than %1 MiB.")},
    {".*:\\d+: not (\\S+): a byte sequence it doesn't have, at byte (\\d+).*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Not %1: a byte sequence that it doesn't have, at byte %2.")},
    {".*:\\d+: a cell opens with a quotation mark that is never closed",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "A cell opens with a quotation mark that is never closed.")},
    {".*:\\d+: a row must be a JSON object with named values, this is (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The row must be a JSON object with named values; this is %1.")},
    {".*:\\d+: a NUL byte stands in the row",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "A NUL byte stands in the row.")},
    {".*:\\d+: a quotation mark stands inside a quoted cell; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "A quotation mark stands inside a quoted cell; there it must be written twice.")},
    {".*:\\d+: the file holds several lists of objects \\((.*)\\); .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The file holds several lists of objects (%1); put the rows in a file alone.")},
    {".*:\\d+: a bracket or quotation mark is missing: .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "A bracket or quotation mark is missing: the next row begins before this one ends.")},
    {".*:\\d+: a bracket is missing: .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "A bracket is missing: the file ends before this row does.")},
    // Of a file that is read.
    {"(.*) isn't a file of rows but (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 isn't a file of rows but %2.")},
    {"Unpack it first\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Unpack it first.")},
    {"Save its rows as CSV or JSON Lines\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Save its rows as CSV or JSON Lines.")},
    {"Save the table as CSV\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Save the table as CSV.")},
    {"Choose the file with the rows\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Choose the file with the rows.")},
    {"Save it as plain text or CSV\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Save it as plain text or CSV.")},
    {"Fetch the file itself, with `git lfs pull` for example\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Fetch the file itself, with `git lfs pull` for example.")},
    {"Save it as plain text\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Save it as plain text.")},
    {"Unpack it, or save the table as CSV\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Unpack it, or save the table as CSV.")},
    {"Download the file itself, logged in if that is needed\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Download the file itself, logged in if that is needed.")},
    {"Choose a text file: JSON Lines, JSON, CSV or plain lines\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Choose a text file: JSON Lines, JSON, CSV or plain lines.")},
    {"in (\\d+) rows?, the first in line (\\d+): (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Rows: %1, the first in line %2: %3.")},
    {"it has no byte order mark and looks like (\\S+), as which it is read",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The file has no byte order mark and looks like %1, as which it is read.")},
    {"its characters look like (\\S+), as which they are read",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The characters look like %1, as which they are read.")},
    {"lines before the table that are no part of it: (\\d+)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Lines before the table that are no part of it: %1.")},
    {"two columns are called '(.*)'; the second is '(.*)' here",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Two columns are called '%1'; the second is '%2' here.")},
    {"(\\d+) NUL bytes stand at the ends of lines, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 NUL bytes stand at the ends of lines, as a power cut leaves them; rows may be missing there.")},
    {"its rows are read column by column",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows are read column by column.")},
    {"its rows are lists, named by its list of columns",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows are lists, named by the list of columns.")},
    {"its rows are lists, named by the first of them",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows are lists, named by the first of them.")},
    {"its rows are read from under their numbers",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows are read from under their numbers.")},
    {"its rows are read from the list '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows are read from the list '%1'.")},
    {"its rows are read from its lists, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows are read from lists that are called as the parts of a split.")},
    {"(.*): is a device, not a file",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: is a device, not a file.")},
    {"(.*): is a pipe, and nobody writes into it",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: is a pipe, and nobody writes into it.")},
    // Of a file that a new project begins with.
    {"the rows have no answers, so the fields are yours to name",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "The rows have no answers, so the fields are yours to name.")},
    {"no answer is a JSON object, so the fields are yours to name",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "No answer is a JSON object, so the fields are yours to name.")},
    {"there is no column beside the text to read, so the fields are yours to name",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "There is no column beside the text to read, so the fields are yours to name.")},
    {"(\\d+) lines can't be read; an import sets them aside",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 lines can't be read; an import sets them aside.")},
    {"(.*) holds no row that can be read",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 holds no row that can be read.")},
    // Of a run.
    {"all (\\d+) rows to train on are longer than max_length (\\d+); the shortest has (\\d+) tokens",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "All %1 training rows are over the longest length of %2 tokens; the shortest has %3.")},
    {"(.*) is being trained at this moment, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 is being trained at this moment, here or by another Minnow.")},
    {"(.*) is in use by another job(?:, so its run can't be deleted now)?",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 is in use by another job at this moment.")},
    {"(.*) has other weights than those that (.*) was trained on, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "%1 has other weights than those that %2 was trained on, so that run can't go on.")},
    {"the rows differ from those the checkpoint was trained on, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "The rows differ from those that the checkpoint was trained on, so that run can't go on.")},
    {"Wait until it ends, or stop it\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Wait until it ends, or stop it.")},
    {"Wait until that job ends\\.", QT_TRANSLATE_NOOP("minnow::EngineSentence", "Wait until that job ends.")},
    {"Raise the longest length .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Raise the longest length, or shorten the rows.")},
    {"Put back what was there, or begin a new run .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Put back what was there, or begin a new run.")},
    {"(.*): (\\d+) rows? can't be read or used and (?:is|are) left out; the first: .*:(\\d+): .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "%1: rows that can't be read or used and are left out: %2, the first in line %3.")},
    {"(.*): (\\d+) rows? (?:is|are) marked not to be learnt and left out: (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: rows that are marked not to be learnt, left out: %2 (%3).")},
    {"read as neither question, prompt nor answer, and so not used: (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Read as neither question, prompt nor answer, and so not used: %1")},
    {"(.*): read as neither question, prompt nor answer, and so not used: (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: read as neither question, prompt nor answer, and so not used: %2")},
    {"(.*): (\\d+) rows have several answers; prompt style .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "%1: rows with several answers, of which the last one is learnt: %2 (prompt style swift-3.5 learns "
                       "all of them).")},
    {"(\\d+) of (\\d+) labels aren't JSON objects: .*; the first: (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 of %2 answers aren't JSON objects; the first: %3.")},
    {"(\\d+) of (\\d+) labels have other keys than .*; the first: (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 of %2 answers have other keys than the task; the first: %3.")},
    {"all (\\d+) answers to learn are empty; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "All %1 answers to learn are empty.")},
    {"(\\d+) rows repeat the input of a validation row and validate with it",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "%1 rows repeat the input of a validation row, so they validate with it.")},
    {"(?:.*: )?(\\d+) rows? needs? review and (?:is|are) left out;[^.]*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Rows that need review and are left out: %1.")},
    {"(?:.*: )?(\\d+) rows? (?:has|have) no usable answer from the teacher and (?:is|are) left out",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Rows without a usable answer from the teacher, left out: %1.")},
    {"(?:.*: )?(\\d+) rows? needs? review and (?:is|are) left out;.*\\. (\\d+) rows? (?:has|have) no usable.*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "Rows left out: %1 that need review, %2 without a usable answer from the teacher.")},
    {"training needs at least (.*) of memory \\(weights (.*), a row of .*\\), (.*) are available",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "Training needs at least %1 of memory (%2 of it for the weights); %3 are available.")},
    // Of files and folders.
    {"there is no config.json in (.*); a model folder has one",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "There is no config.json in %1; a model folder has one.")},
    {"(.*): this is (.*), model_type '.*', not a dense Qwen3ForCausalLM",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: this is %2, not a dense Qwen3 model (Qwen3ForCausalLM).")},
    {"(.*): tensor '(.*)' needs (\\d+) bytes, the file has \\d+ left; the download may be incomplete",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "%1 is cut short: tensor %2 needs %3 bytes, fewer are left; the download may be incomplete.")},
    {"(.*): model.merges is missing; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence",
                       "%1: model.merges is missing; without merges words can't be put together.")},
    {"(.*) isn't a text file: it holds a NUL byte at offset (\\d+)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 isn't a text file: it holds a NUL byte at offset %2.")},
    {"(.*) is no Minnow project: it has no minnow.json",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 is no Minnow project: it has no minnow.json.")},
    {"(.*) isn't there any more, so nothing can be written to it",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 isn't there any more, so nothing can be written to it.")},
    {"(.*) is no project any more: its minnow.json is gone",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 is no project any more: its minnow.json is gone.")},
    {"(.*) is open in another Minnow; here it is read-only",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 is open in another Minnow; here it can only be read.")},
    {"(.*): was deleted while it was being written",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 was deleted while it was being written.")},
    // What to do about a model or an adapter.
    {"Use --template builtin if the model was trained by Qwen3's rules, else the model's own template\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Tick the box on the model's card if it was trained by Qwen3's rules, or choose another model.")},
    {"Choose a dense Qwen3 model\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Choose a dense Qwen3 model.")},
    {"Save it as a plain LoRA adapter, or merge it .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Save it as a plain LoRA adapter, or merge it with the program that trained it and use the merged model.")},
    {"Save it again with PEFT's path_initial_model_for_weight_conversion, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Save it again with PEFT's path_initial_model_for_weight_conversion, or merge it there and use the merged model.")},
    {"Get the weights that belong to this config\\.json\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Get the weights that belong to this config.json.")},
    {"Set '(.*)' in config\\.json, or get the weights that belong to it\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Set '%1' in config.json, or get the weights that belong to it.")},
    {"If its head is the embedding, set 'tie_word_embeddings' .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "If its head is the embedding, set 'tie_word_embeddings' to true in config.json; models for embeddings have no head.")},
    {"Let the download finish, or start it again\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Let the download finish, or start it again.")},
    {"Get the weights as safetensors\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Get the weights as safetensors.")},
    {"Get the file itself\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Get the file itself.")},
    {"Put the whole file back, then run it again; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Put the whole file back, then try again; what was written before is whole.")},
    {"Name an ordinary file\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Choose an ordinary file.")},
    {"Use the model that the adapter was trained on\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Use the model that the adapter was trained on.")},
    {"Use an earlier checkpoint\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Use an earlier checkpoint.")},
    {"Check that 'target_modules' and the tensors belong together\\.",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Check that 'target_modules' and the tensors belong together.")},
    {"Only plain LoRA on the linear layers is supported; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "Only plain LoRA on the linear layers is supported; merge the adapter with the program that wrote it.")},
    // What of a model's files is guessed or ignored, and why one can't be used.
    {"(.*): 'lm_head\\.weight' in the files differs from the embedding, .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: the files hold a head of their own (lm_head.weight), but tie_word_embeddings is true, so it is not used.")},
    {"(.*): (\\d+) tensors of the files are not used \\(.*\\), '(.*)' for one",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: %2 tensors of the files are not used, %3 for one.")},
    {"(.*): '(.*)' is missing; the tensors say (\\d+), which is taken",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: '%2' is missing; the tensors say %3, which is taken.")},
    {"(.*): 'rope_theta' is missing; 10000 is taken.*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: 'rope_theta' is missing; 10000 is taken, while published Qwen3 models have 1000000 or more.")},
    {"(.*): the tensors have other names than .*; '(.*)' is taken as '(.*)'",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: the tensors have other names; %2 is taken as %3.")},
    {"(.*): the adapter has no effect: .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: the adapter has no effect; answers are those of the model alone.")},
    {"(.*): '(.*)' is (.*); Minnow doesn't know this key and ignores it",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: '%2' is %3; this key isn't known here and is ignored.")},
    {"(.*): the chat template \\(.*\\) is not one that Minnow knows, .*: (.*); --template builtin .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: the chat template isn't one that Minnow knows: %2.")},
    {"(.*): the chat template is empty; .*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: the chat template is empty.")},
    {"(.*): '(init_lora_weights)' is (.*): training began on changed base weights.*",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1: '%2' is %3: training began on changed base weights, so the adapter is wrong on the model's own.")},
    {"(.*): isn't an ordinary file but (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 isn't an ordinary file.")},
    {"(.*): the file was cut or became unreadable while it was in use",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 was cut or became unreadable while it was in use.")},
    {"(.*): can't be written: there is no folder (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 can't be written: there is no folder %2.")},
    {"(.*): can't be (?:written|replaced|made|repaired|cut|put in place): (.*)",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 can't be written: %2.")},
    {"(.*): can't be read: (.*)", QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 can't be read: %2.")},
    {"(\\d+) rows over max_length are left out",
     QT_TRANSLATE_NOOP("minnow::EngineSentence", "%1 rows over the longest length are left out.")},
};

// What ends such sentences: the system's reasons (strerror), what is wrong with a JSON text (core/io/json), how a row
// was read otherwise than it stands (core/data).
constexpr const char* reasons[] = {
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a text's closing quotation mark is missing"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a line break, tab or other control character stands in a text as it is"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a backslash stands before a character that needs none"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "\\u isn't followed by four hexadecimal digits"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "half of a character is written with \\u, without its other half"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "bytes stand there that aren't UTF-8"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a number isn't complete"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a number is too large"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a comment stands there, which JSON doesn't have"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the byte order mark isn't complete"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the text ends before the value does"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "something stands behind the value"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a key in quotation marks is missing"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a colon is missing behind a key"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a word or sign stands there that JSON doesn't have"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a comma or a closing bracket is missing"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a value is missing"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the row isn't strict JSON (a comma too many, Python's quotes, a line break in a string) but can be read"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a key stands in the row twice; the last value counts"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the row stands on a line with others"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "a comma stands behind the row"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the row is broken over several lines"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the row has fewer cells than the table has columns; the rest are taken as empty"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "the table's header comes again, which is no row"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "what spreadsheets put around numbers (=\"…\", an apostrophe, a tab) is taken away"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Read-only file system"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Permission denied"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Operation not permitted"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "No space left on device"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "it would be larger than files may be here (ulimit -f)"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "No such file or directory"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Not a directory"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Is a directory"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "File exists"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Input/output error"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Too many open files"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Device or resource busy"),
    QT_TRANSLATE_NOOP("minnow::EngineSentence", "Stale file handle"),
};

struct Pattern {
  QRegularExpression expression;
  const char* text;
};

const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> all = [] {
    std::vector<Pattern> made;
    for (const Known& known : table)
      made.push_back({QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(known.pattern)),
                                         QRegularExpression::DotMatchesEverythingOption),
                      known.text});
    return made;
  }();
  return all;
}

/// A known reason in the window's language; anything else as it is.
QString reasonText(const QString& capture) {
  const auto same = [&capture](const char* reason) { return capture == QLatin1String(reason); };
  const auto known = std::find_if(std::begin(reasons), std::end(reasons), same);
  return known == std::end(reasons) ? capture : QCoreApplication::translate("minnow::EngineSentence", *known);
}

/// The window's words for it; empty: not known.
QString found(const QString& sentence) {
  for (const Pattern& pattern : patterns()) {
    const auto match = pattern.expression.match(sentence);
    if (!match.hasMatch()) continue;
    const QString text = QCoreApplication::translate("minnow::EngineSentence", pattern.text);
    const QString first = match.captured(1), second = reasonText(match.captured(2));
    switch (match.lastCapturedIndex()) {  // together: a value that itself holds "%2" is left alone
      case 0:
        return text;
      case 1:
        return text.arg(first);
      case 2:
        return text.arg(first, second);
      default:
        return text.arg(first, second, reasonText(match.captured(3)));
    }
  }
  return {};
}

}  // namespace

QString engineSentence(const std::string& sentence) {
  const QString english = QString::fromStdString(sentence);
  const QString known = found(english);
  return known.isEmpty() ? english : known;
}

bool isKnownEngineSentence(const std::string& sentence) { return !found(QString::fromStdString(sentence)).isEmpty(); }

}  // namespace minnow
