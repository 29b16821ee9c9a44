// Elements of collections that are no structures have their constraints reported once for the collection, all together:
// "Map value must satisfy constraint: [Member must have length less than or equal to 25, ...]".
//
// Whatever puts a text together stays out of the functions that recurse, whose frames are small.
#include "emulator/validation/constraints.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "emulator/validation/dump.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/texts.hpp"

namespace minamo {
namespace {

using api::Kind;
using api::Report;
using api::Shape;
using json::Value;

constexpr std::string_view not_null = "Member must not be null";
constexpr std::int64_t arn_length_max = 1024;

std::int64_t length_of(const Value& value) {
    if (value.IsString()) return utf16_length(json::text(value));
    if (value.IsArray()) return value.Size();
    return value.MemberCount();
}

bool is_number(const Shape& shape) {
    return shape.kind == Kind::integer || shape.kind == Kind::long_integer;
}

// The length of a string, list or map; the value of a number.
std::int64_t extent(const Shape& shape, const Value& value) {
    return is_number(shape) ? integer(value) : length_of(value);
}

// arn:<partition>:dynamodb:<region>:<account>:table/<name>
bool is_table_arn(const Shape& shape, std::string_view text) {
    if (text.size() > static_cast<std::size_t>(arn_length_max) || !text.starts_with("arn:")) return false;
    std::size_t at = 0;
    for (int part = 0; part < 5; ++part) {
        const std::size_t colon = text.find(':', at);
        if (colon == text.npos || (part == 2 && text.substr(at, colon - at) != "dynamodb")) return false;
        at = colon + 1;
    }
    constexpr std::string_view resource = "table/";
    return text.substr(at).starts_with(resource) && shape.pattern->matches(text.substr(at + resource.size()));
}

// Whether `value` is one of "[A, B, C]".
bool is_one_of(std::string_view values, std::string_view value) {
    if (value.empty() || value.find_first_of("[], ") != value.npos) return false;
    for (std::size_t at = values.find(value); at != values.npos; at = values.find(value, at + 1)) {
        const char before = values[at - 1];
        const char after = values[at + value.size()];
        if ((before == '[' || before == ' ') && (after == ',' || after == ']')) return true;
    }
    return false;
}

// What may be an ARN has 1 to 1024 characters; only what is meant as a name has those of a name.
std::optional<std::int64_t> least(const Shape& shape, const Value& value) {
    return shape.or_table_arn && value.GetStringLength() == 0 ? 1 : shape.min;
}
std::optional<std::int64_t> most(const Shape& shape, const Value& value) {
    return shape.or_table_arn && json::text(value).starts_with("arn:") ? arn_length_max : shape.max;
}

// Each constraint as a question and a text. An empty string is too short rather than against a pattern.
bool above(const Shape& shape, const Value& value) {
    const auto bound = most(shape, value);
    return bound && extent(shape, value) > *bound;
}
bool below(const Shape& shape, const Value& value) {
    const auto bound = least(shape, value);
    return bound && extent(shape, value) < *bound;
}
bool unlike(const Shape& shape, const Value& value) {
    return shape.pattern != nullptr && value.GetStringLength() != 0 && !shape.pattern->matches(json::text(value));
}
bool unlisted(const Shape& shape, const Value& value) {
    return !shape.values.empty() && !is_one_of(shape.values, json::text(value));
}

std::string bound_text(const Shape& shape, std::string_view direction, std::int64_t bound) {
    return std::string("Member must have ").append(is_number(shape) ? "value " : "length ").append(direction) +
           " than or equal to " + std::to_string(bound);
}
std::string above_text(const Shape& shape, std::int64_t bound) {
    return bound_text(shape, "less", bound);
}
std::string below_text(const Shape& shape, std::int64_t bound) {
    return bound_text(shape, "greater", bound);
}
std::string unlike_text(const Shape& shape) {
    return std::string("Member must satisfy regular expression pattern: ").append(shape.pattern->text);
}
std::string unlisted_text(const Shape& shape) {
    return std::string("Member must satisfy enum value set: ").append(shape.values);
}

bool stands_for_name(const Shape& shape, const Value& value) {
    return shape.or_table_arn && is_table_arn(shape, json::text(value));
}

// above() or below(), measured once.
bool outside(const Shape& shape, const Value& value) {
    const auto low = least(shape, value);
    const auto high = most(shape, value);
    if (!low && !high) return false;
    const std::int64_t given = extent(shape, value);
    return (high && given > *high) || (low && given < *low);
}

// Whether a value's own constraints hold, those of what it contains aside.
bool holds(const Shape& shape, const Value& value) {
    const bool broken = outside(shape, value) || unlike(shape, value) || unlisted(shape, value);
    return !broken || stands_for_name(shape, value);
}

// All constraints of a shape: "[Member must have length less than or equal to 255, ...]".
std::string all_texts(const Shape& shape) {
    std::string out;
    const auto add = [&out](const std::string& text) { out.append(out.empty() ? "[" : ", ").append(text); };
    if (shape.max) add(above_text(shape, *shape.max));
    if (shape.min) add(below_text(shape, *shape.min));
    if (shape.pattern != nullptr) add(unlike_text(shape));
    if (!shape.values.empty()) add(unlisted_text(shape));
    return out + "]";
}

// The report of the innermost member of a path.
Report report_of(const ValuePath& path) {
    const ValuePath* at = &path;
    while (at->field == nullptr) at = at->parent;
    return at->field->report;
}

void append_path(std::string& out, const ValuePath& path, bool as_named) {
    if (path.parent != nullptr) {
        append_path(out, *path.parent, as_named);
        out.push_back('.');
    }
    if (path.field != nullptr && as_named) {
        out.append(path.field->name);
    } else if (path.field != nullptr) {
        append_camel_case(out, path.field->name);
    } else {
        out.append(path.number > 0 ? std::to_string(path.number) : std::string(path.key)).append(".member");
    }
}

}  // namespace

void ConstraintCheck::check_member(const api::Field& field, const Value* given, const ValuePath* parent) {
    const ValuePath path{parent, &field};
    if (given != nullptr) {
        check_value(*field.shape, *given, path);
    } else if (field.required) {
        report(path, nullptr, nullptr, not_null);
    }
}

void ConstraintCheck::check_value(const Shape& shape, const Value& given, const ValuePath& path) {
    if (shape.unconstrained && !everywhere_) return;
    if (!holds(shape, given)) report_own(shape, given, path);
    switch (shape.kind) {
        case Kind::list:
            check_elements(shape, given, path);
            break;
        case Kind::map:
            check_entries(shape, given, path);
            break;
        case Kind::structure:
            for (const api::Field& field : shape.fields) check_member(field, json::find(given, field.name), &path);
            break;
        default:
            break;
    }
}

void ConstraintCheck::report_own(const Shape& shape, const Value& given, const ValuePath& path) {
    if (above(shape, given)) report(path, &shape, &given, above_text(shape, *most(shape, given)));
    if (below(shape, given)) report(path, &shape, &given, below_text(shape, *least(shape, given)));
    if (unlike(shape, given)) report(path, &shape, &given, unlike_text(shape));
    if (unlisted(shape, given)) report(path, &shape, &given, unlisted_text(shape));
}

void ConstraintCheck::check_elements(const Shape& shape, const Value& list, const ValuePath& path) {
    const Shape& element = *shape.element;
    if (element.unconstrained && !everywhere_) return;
    const auto broken = [&element](const Value& each) { return !each.IsNull() && !holds(element, each); };
    if (std::ranges::any_of(list.GetArray(), broken)) report_collection(path, shape, list, "Member", element);
    std::size_t number = 0;
    for (const Value& each : list.GetArray()) check_contents(element, each, {&path, nullptr, {}, ++number});
}

void ConstraintCheck::check_entries(const Shape& shape, const Value& map, const ValuePath& path) {
    const Shape& element = *shape.element;
    const auto key_broken = [&shape](const auto& entry) { return !holds(*shape.key, entry.name); };
    if (shape.key != nullptr && std::ranges::any_of(map.GetObject(), key_broken)) {
        report_collection(path, shape, map, "Map keys", *shape.key);
    }
    if (element.unconstrained && !everywhere_) return;
    const auto broken = [&element](const auto& entry) { return !entry.value.IsNull() && !holds(element, entry.value); };
    if (std::ranges::any_of(map.GetObject(), broken)) report_collection(path, shape, map, "Map value", element);
    for (const auto& entry : map.GetObject()) {
        if (entry.value.IsNull() && element.unconstrained) continue;  // an attribute that is absent
        check_contents(element, entry.value, {&path, nullptr, json::text(entry.name)});
    }
}

// What an element of a collection contains; its own constraints have been reported for the collection.
void ConstraintCheck::check_contents(const Shape& shape, const Value& given, const ValuePath& path) {
    if (given.IsNull()) {
        report(path, nullptr, nullptr, not_null);
        return;
    }
    switch (shape.kind) {
        case Kind::list:
            check_elements(shape, given, path);
            break;
        case Kind::map:
            check_entries(shape, given, path);
            break;
        case Kind::structure:
            check_value(shape, given, path);
            break;
        default:
            break;
    }
}

void ConstraintCheck::report_collection(const ValuePath& path, const Shape& shape, const Value& collection,
                                        std::string_view what, const Shape& element) {
    report(path, &shape, &collection, std::string(what) + " must satisfy constraint: " + all_texts(element));
}

void ConstraintCheck::report(const ValuePath& path, const Shape* shape, const Value* given,
                             std::string_view constraint) {
    if (count_ == faults_max) return;
    if (count_++ > 0) faults_.append("; ");
    const Report report = given != nullptr ? report_of(path) : Report::with_value;
    faults_.append("Value ");
    if (given == nullptr) {
        faults_.append("null ");
    } else if (report == Report::with_value) {
        faults_.append("'");
        append_dump(faults_, *shape, *given);
        faults_.append("' ");
    }
    faults_.append("at '");
    append_path(faults_, path, report == Report::as_named);
    faults_.append("' failed to satisfy constraint: ").append(constraint);
}

std::string ConstraintCheck::message() const {
    return std::to_string(count_) + (count_ == 1 ? " validation error detected: " : " validation errors detected: ") +
           faults_;
}

bool constraints_hold(const Shape& shape, const Value& value) {
    return holds(shape, value);
}

bool maximum_holds(const Shape& shape, const Value& number) {
    return !above(shape, number);
}

bool is_listed(const Shape& shape, const Value& text) {
    return !unlisted(shape, text);
}

}  // namespace minamo
