// Each kind of part in its own words; what a kind has no words for is shown as it says.
#include "tests/grammar/statements/tree_text.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace minamo::grammar {
namespace {

std::string tree_text(const Select& select);

std::string list(std::span<const Expression> parts, std::string_view separator = ", ") {
    std::string out;
    for (const Expression& part : parts) {
        if (!out.empty()) out += separator;
        out += tree_text(part);
    }
    return out;
}

std::string doubled(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) out.append(c == quote ? 2 : 1, c);
    return out + quote;
}

std::string name(const Expression& expression) {
    return expression.quoted ? doubled(expression.text, '"') : expression.text;
}

std::string step(const Expression& expression) {
    if (expression.term == Term::name_step) return "." + name(expression);
    if (expression.term == Term::unpivot) return ".*";
    if (expression.term == Term::wildcard) return "[*]";
    return "[" + tree_text(expression) + "]";
}

std::string path(const Expression& expression) {
    std::string out = tree_text(expression.parts.front());
    for (std::size_t i = 1; i < expression.parts.size(); ++i) out += step(expression.parts[i]);
    return out;
}

std::string structure(const Expression& expression) {
    std::string out;
    for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
        if (i > 0) out += ", ";
        out += tree_text(expression.parts[i]) + ": " + tree_text(expression.parts[i + 1]);
    }
    return "{" + out + "}";
}

std::string source(const Source& source) {
    std::string out = source.kind == Source::Kind::joined ? "joined" : tree_text(source.expression);
    if (source.kind == Source::Kind::unpivot) out = "UNPIVOT " + out;
    return source.aliased ? out + " AS" : out;
}

std::string projection(const Select& select) {
    switch (select.shape) {
        case Select::Shape::all:
            return "*";
        case Select::Shape::value:
            return "VALUE " + tree_text(select.items[0].expression);
        case Select::Shape::pivot:
            return tree_text(select.items[0].expression) + " AT " + tree_text(select.items[1].expression);
        default:
            break;
    }
    std::string out;
    for (const SelectItem& item : select.items) {
        if (!out.empty()) out += ", ";
        out += tree_text(item.expression) + (item.all ? ".*" : "") + (item.aliased ? " AS" : "");
    }
    return out;
}

std::string clause(std::string_view word, const std::optional<Expression>& expression) {
    return expression ? std::string(word) + tree_text(*expression) : "";
}

std::string tree_text(const Select& select) {
    std::string out = select.shape == Select::Shape::pivot ? "PIVOT " : "SELECT ";
    if (select.distinct) out += "DISTINCT ";
    out += projection(select) + " FROM " + source(select.source) + clause(" WHERE ", select.where);
    if (select.grouped) out += " GROUP";
    out += clause(" HAVING ", select.having);
    for (const SortKey& key : select.order) {
        out += (&key == &select.order.front() ? " ORDER BY " : ", ") + tree_text(key.expression);
        if (key.descending) out += " DESC";
    }
    return out + clause(" LIMIT ", select.limit) + clause(" OFFSET ", select.offset);
}

struct OperationText {
    std::string operator()(const Assignment& set) const {
        return "SET " + tree_text(set.path) + " = " + tree_text(set.value);
    }
    std::string operator()(const Removal& removal) const { return "REMOVE " + tree_text(removal.path); }
    std::string operator()(const Insertion& insertion) const {
        return "INSERT " + tree_text(insertion.target) + (insertion.of_value ? " VALUE " : " ") +
               tree_text(insertion.value) + clause(" AT ", insertion.position) +
               (insertion.on_conflict ? " ON CONFLICT" : "");
    }
    std::string operator()(const Deletion&) const { return "DELETE"; }
};

std::string tree_text(const Manipulation& manipulation) {
    std::string out;
    const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : "; ") + part; };
    if (manipulation.target) add("FROM " + source(*manipulation.target));
    for (const auto& operation : manipulation.operations) add(std::visit(OperationText{}, operation));
    if (manipulation.where) add("WHERE " + tree_text(*manipulation.where));
    for (const Returning& element : manipulation.returning) {
        add("RETURNING " + element.words + " " + (element.all ? "*" : tree_text(element.expression)));
    }
    return out;
}

}  // namespace

std::string tree_text(const Expression& expression) {
    switch (expression.term) {
        case Term::identifier:
            return name(expression);
        case Term::string:
            return doubled(expression.text, '\'');
        case Term::parameter:
            return "?" + std::to_string(expression.number);
        case Term::ion:
            return "`" + expression.text + "`";
        case Term::date:
            return "DATE '" + expression.text + "'";
        case Term::time:
            return "TIME '" + expression.text + "'";
        case Term::list:
            return "[" + list(expression.parts) + "]";
        case Term::bag:
            return "<<" + list(expression.parts) + ">>";
        case Term::structure:
            return structure(expression);
        case Term::path:
            return path(expression);
        case Term::call:
            return expression.text + "(" + list(expression.parts) + ")";
        case Term::aggregate:
            return expression.text + "!(" + list(expression.parts) + ")";
        case Term::operation:
            return "(" + expression.text + " " + list(expression.parts, " ") + ")";
        case Term::is_type:
            return "(is " + expression.text + " " + list(expression.parts, " ") + ")";
        case Term::cast:
            return "(" + expression.text + " " + list(expression.parts, " ") + ")";
        case Term::simple_case:
            return "(case " + list(expression.parts, " ") + ")";
        case Term::searched_case:
            return "(case-when " + list(expression.parts, " ") + ")";
        case Term::subquery:
            return "(" + tree_text(*expression.select) + ")";
        default:
            return expression.text;
    }
}

std::string tree_text(const Statement& statement) {
    struct Text {
        std::string operator()(const Select& select) const { return tree_text(select); }
        std::string operator()(const Manipulation& manipulation) const { return tree_text(manipulation); }
        std::string operator()(const Command& command) const { return command.kind; }
        std::string operator()(const Expression& expression) const { return tree_text(expression); }
    };
    return std::visit(Text{}, statement.node);
}

std::string statement_outcome(std::string_view text) {
    const ParsedStatement parsed = parse_statement(text);
    if (parsed) return tree_text(*parsed);
    const Position& at = parsed.error().at;
    return "! " + parsed.error().reason + " @" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

}  // namespace minamo::grammar
