// The parts that all translations share: values, paths, positions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "emulator/statements/translation.hpp"
#include "grammar/try.hpp"
#include "storage/value.hpp"

namespace minamo {

// What became of a part of a statement, or why the statement is refused for it.
template <class T>
using Translated = tl::expected<T, std::string>;

inline tl::unexpected<std::string> refused(std::string message) {
    return tl::unexpected(std::move(message));
}
// " at 1:8:5"
std::string place(const grammar::Position& at);
inline tl::unexpected<std::string> refused_at(std::string message, const grammar::Position& at) {
    return tl::unexpected(std::move(message) + place(at));
}

// What neither conditions nor updates have: CASE, a subquery, a cast, ...
tl::unexpected<std::string> refused_token(const grammar::Expression& expression);

// A value that is written out (partiql.md, section 7).
Translated<storage::AttributeValue> literal_value(const grammar::Expression& expression);

// Whether it is a value that is written out.
bool is_literal(const grammar::Expression& expression);
// A name or a path.
bool is_path(const grammar::Expression& expression);

// What a message calls an expression that is out of place.
std::string_view class_of(const grammar::Expression& expression);

Translated<grammar::Path> path_of(const grammar::Expression& expression);

// The values of a statement: each that is met gets a slot.
class ValueSlots {
public:
    Translated<grammar::ValueSlot> add_literal(const grammar::Expression& expression);
    grammar::ValueSlot add(const storage::AttributeValue& value);
    grammar::ValueSlot add_parameter(const grammar::Expression& expression);

    // How many parameters were met.
    std::uint32_t parameters() const { return parameters_; }
    // Whether one was refused.
    bool is_refused() const { return refused_; }
    std::vector<StatementValue> take() { return std::move(values_); }

private:
    std::vector<StatementValue> values_;
    std::uint32_t parameters_ = 0;
    bool refused_ = false;
};

}  // namespace minamo
