// Types, as IS and CAST name them: their words, and how many parameters each takes.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

struct Type {
    std::string_view word;
    std::size_t parameters_max = 0;
};
// clang-format off
constexpr Type types[] = {
    {"any"}, {"bag"}, {"blob"}, {"boolean"}, {"character", 1}, {"character_varying", 1}, {"clob"}, {"date"},
    {"decimal", 2}, {"double_precision"}, {"float", 1}, {"integer"}, {"integer4"}, {"integer8"}, {"list"},
    {"missing"}, {"null"}, {"numeric", 2}, {"real"}, {"sexp"}, {"smallint"}, {"string"}, {"struct"}, {"symbol"},
    {"time", 1}, {"timestamp"}, {"tuple"},
};
// clang-format on

const Type* type_of(const Token& token) {
    const bool word =
        token.kind == TokenKind::keyword || token.kind == TokenKind::null || token.kind == TokenKind::missing;
    if (!word) return nullptr;
    std::string name = token.text;
    if (token.kind == TokenKind::null) name = "null";
    if (token.kind == TokenKind::missing) name = "missing";
    const auto* const row = std::ranges::find(types, std::string_view(name), &Type::word);
    return row == std::end(types) ? nullptr : row;
}

std::string sql_name(std::string_view word) {
    std::string out;
    for (const char c : word) {
        out += c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    }
    return out;
}

bool is_whole(std::string_view digits) {
    return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

// Without the zeros in front of them.
std::string_view significant(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

bool is_more_than(std::string_view digits, std::string_view most) {
    const std::string_view shown = significant(digits);
    return shown.size() != most.size() ? shown.size() > most.size() : shown > most;
}

// A precision is judged before what follows it, but not whether it is one.
Result<void> check_precision(const std::vector<Expression>& parameters) {
    if (parameters.empty()) return {};
    const Expression& precision = parameters.front();
    if (precision.term == Term::parameter || precision.term == Term::ion) return {};
    const bool whole = precision.term == Term::number && is_whole(precision.text);
    if (!whole || is_more_than(precision.text, "9")) return Reader::fault_at(precision.at, Place::time_precision);
    return {};
}

Result<void> check_parameters(const std::vector<Expression>& parameters, const Position& at) {
    for (const Expression& parameter : parameters) {
        const bool whole = parameter.term == Term::number && is_whole(parameter.text);
        if (!whole) return Reader::fault_at(at, Place::type_parameter);
        if (is_more_than(parameter.text, "2147483647")) {
            return Reader::fault_at(parameter.at, Place::type_parameter_size);
        }
    }
    return {};
}

Result<std::vector<Expression>> parse_parameters(Reader& in, const Type& type, std::string_view judge) {
    const Position open = in.peek().at;
    if (!in.take_punctuation("(")) return std::vector<Expression>();
    TRY_LET(parameters, parse_expressions(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    if (parameters.size() > type.parameters_max) {
        auto fault =
            Reader::fault_at(open, Place::type_arity, std::string(judge) + " type argument " + std::string(type.word));
        fault.value().reason += std::to_string(type.parameters_max);
        return fault;
    }
    return std::move(parameters);
}

}  // namespace

Result<std::string> parse_type(Reader& in, std::string_view judge) {
    const Type* const type = type_of(in.peek());
    if (type == nullptr) return in.fault(Place::type_name);
    const Position at = in.take().at;
    TRY_LET(parameters, parse_parameters(in, *type, judge));
    std::string name = sql_name(type->word);
    if (type->word == "time") {
        TRY(check_precision(parameters));
        if (in.peek().kind == TokenKind::keyword) {
            TRY(in.expect_keyword("with", Place::time_with));
            TRY(in.expect_keyword("time", Place::time_time));
            TRY(in.expect_keyword("zone", Place::time_zone));
            name = "TIME WITH TIME ZONE";
        }
    }
    TRY(check_parameters(parameters, at));
    return name;
}

}  // namespace minamo::grammar::statements
