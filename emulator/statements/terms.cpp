// Paths mean what they name: `m['a']`, `m[a]` and `m.a` are one path, `l[0]` is a list's element, `m['0']` a map's.
#include "emulator/statements/terms.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "storage/item_codec.hpp"

namespace minamo {
namespace {

using grammar::Expression;
using grammar::PathElement;
using grammar::Term;

Translated<PathElement> named(const std::string& name) {
    if (name.empty()) return refused("Path component cannot be an empty string");
    return PathElement{name};
}

// A number in brackets. Its text has only digits, or a sign and digits, if it counts elements at all.
Translated<PathElement> indexed(const Expression& step) {
    const std::string& text = step.text;
    const std::size_t digits = text.starts_with('-') ? 1 : 0;
    if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits), text.end(),
                     [](char c) { return c >= '0' && c <= '9'; })) {
        return refused_at("Unexpected path component", step.at);
    }
    std::int32_t index = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), index);
    if (result.ec != std::errc() || index < 0) {
        return refused_at("List index is not within the allowable range; index: [" + text + "]", step.at);
    }
    return PathElement{grammar::ListIndex{static_cast<std::uint32_t>(index)}};
}

Translated<PathElement> step_of(const Expression& step) {
    switch (step.term) {
        case Term::name_step:
        case Term::identifier:
        case Term::string:
            return named(step.text);
        case Term::number:
            return indexed(step);
        case Term::wildcard:
            return refused_at("Wildcard path component like a[*].b are not supported", step.at);
        case Term::unpivot:
            return refused_at("Unpivot path component like a.*.b are not supported", step.at);
        default:
            return refused_at("Unexpected path component", step.at);
    }
}

}  // namespace

std::string place(const grammar::Position& at) {
    return " at " + std::to_string(at.line) + ":" + std::to_string(at.column) + ":" + std::to_string(at.length);
}

tl::unexpected<std::string> refused_token(const Expression& expression) {
    const auto token = [&]() -> std::string {
        switch (expression.term) {
            case Term::simple_case:
            case Term::searched_case:
                return "CASE";
            case Term::subquery:
                return "SELECT";
            case Term::date:
                return "DATE";
            case Term::time:
                return "TIME";
            default:
                return expression.text;
        }
    };
    return refused_at("Unsupported token in expression: " + token(), expression.at);
}

bool is_path(const Expression& expression) {
    return expression.term == Term::identifier || expression.term == Term::path;
}

std::string_view class_of(const Expression& expression) {
    // In the order of Term.
    static constexpr std::array<std::string_view, 25> classes{"VariableReference",
                                                              "INT",
                                                              "STRING",
                                                              "BOOL",
                                                              "NULL",
                                                              "LiteralMissing",
                                                              "Parameter",
                                                              "ION",
                                                              "Date",
                                                              "Time",
                                                              "List",
                                                              "Bag",
                                                              "Struct",
                                                              "Path",
                                                              "Path",
                                                              "Path",
                                                              "Path",
                                                              "Call",
                                                              "CallAgg",
                                                              "NAry",
                                                              "IsType",
                                                              "Cast",
                                                              "SimpleCase",
                                                              "SearchedCase",
                                                              "Select"};
    return classes[static_cast<std::size_t>(expression.term)];
}

Translated<grammar::Path> path_of(const Expression& expression) {
    grammar::Path path;
    const bool alone = expression.term == Term::identifier;
    const Expression& root = alone ? expression : expression.parts.front();
    if (root.term != Term::identifier) return refused_at("Unexpected path component", root.at);
    TRY_LET(first, named(root.text));
    path.elements.push_back(std::move(first));
    for (std::size_t i = 1; !alone && i < expression.parts.size(); ++i) {
        TRY_LET(step, step_of(expression.parts[i]));
        path.elements.push_back(std::move(step));
    }
    return path;
}

Translated<grammar::ValueSlot> ValueSlots::add_literal(const Expression& expression) {
    auto value = literal_value(expression);
    refused_ = !value;
    if (!value) return tl::unexpected(std::move(value).error());
    return add(*value);
}

grammar::ValueSlot ValueSlots::add(const storage::AttributeValue& value) {
    values_.push_back({encode(value), 0});
    return {static_cast<std::uint16_t>(values_.size() - 1)};
}

grammar::ValueSlot ValueSlots::add_parameter(const Expression& expression) {
    values_.push_back({{}, expression.number});
    parameters_ = std::max(parameters_, expression.number + 1);
    return {static_cast<std::uint16_t>(values_.size() - 1)};
}

}  // namespace minamo
