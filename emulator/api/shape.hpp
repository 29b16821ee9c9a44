// What the API tables are made of: shapes, their constraints, and the members of structures.
//
// Members stand in the order in which the service reports errors (conformance/behaviour/validation.md, section 3).
// Where it is known to be stricter or laxer than its published model, the rows say what it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace minamo::api {

struct Field;

enum class Kind : std::uint8_t { string, integer, long_integer, real, boolean, blob, timestamp, list, map, structure };

// A regular expression as the service prints it, and the same in code.
struct Pattern {
    std::string_view text;
    bool (*matches)(std::string_view);
};

// What a member's value must be.
struct Shape {
    Kind kind = Kind::string;
    std::string_view name = {};            // of a structure, the model's: "AttributeValue"
    const Shape* element = nullptr;        // of a list, of a map's values
    std::span<const Field> fields = {};    // of a structure
    std::optional<std::int64_t> min = {};  // length of a string (in UTF-16 units), list, map; value of a number
    std::optional<std::int64_t> max = {};
    const Pattern* pattern = nullptr;
    std::string_view values = {};  // an enum's values, in the service's order: "[SIZE, NONE]"
    const Shape* key = nullptr;    // constraints on a map's keys, where it has any
    bool or_table_arn = false;     // a table's ARN stands for its name: then nothing else is asked of it
    bool unconstrained = false;    // of a structure: nothing beneath it has constraints, so don't look
};

// How far a member or operation goes. state_only: kept and echoed, without effect; refused: an error where it is given.
enum class Support : std::uint8_t { full, state_only, refused };

// Sentences that the service has for one member, in place of the constraints' own. They come before all constraints.
struct Sentences {
    std::string_view absent = {};  // where a required member is
    std::string_view above = {};   // for a number over its maximum
    // Of recent deployments alone, which look at these where no required member is absent:
    std::string_view empty = {};     // for an empty string or map
    std::string_view unlisted = {};  // for a value that the enum does not have
    // Of older deployments alone:
    std::string_view classic_empty = {};
};

// How a constraint error names the member: with its value and its path in lowerCamelCase, or without the value, the
// path written as the model writes it.
enum class Report : std::uint8_t { with_value, as_named };

struct Field {
    std::string_view name;
    const Shape* shape;
    bool required = false;
    Support support = Support::full;
    const Sentences* sentences = nullptr;  // of top-level members only
    Report report = Report::with_value;
};

// Arguments of a row.
inline constexpr bool required = true;
inline constexpr bool optional = false;
using enum Support;

// No structure of the API has more members.
inline constexpr std::size_t fields_max = 24;

}  // namespace minamo::api
