// Rendering of statements.
#include "tests/model/statement.hpp"

#include <algorithm>

namespace minamo::model {
namespace {

// In quotes of their own kind, which double inside.
std::string quoted(const std::string& text, char quote) {
    std::string out(1, quote);
    for (const char c : text) out.append(c == quote ? 2 : 1, c);
    return out + quote;
}

// Binaries have no literals.
bool has_literal(const Value& value) {
    if (value.type == Type::B || value.type == Type::BS) return false;
    return std::all_of(value.list.begin(), value.list.end(), has_literal) &&
           std::all_of(value.fields.begin(), value.fields.end(),
                       [](const auto& field) { return has_literal(field.second); });
}

std::string literal(const Value& value);

std::string listed(const std::vector<Value>& values) {
    std::string out;
    for (const Value& each : values) out += (out.empty() ? "" : ", ") + literal(each);
    return out;
}

std::string literal(const Value& value) {
    switch (value.type) {
        case Type::S:
            return quoted(value.text, '\'');
        case Type::N:
            return value.number.text();
        case Type::BOOL:
            return value.text;
        case Type::SS:
        case Type::NS:
            return "<<" + listed(value.list) + ">>";
        case Type::L:
            return "[" + listed(value.list) + "]";
        case Type::M: {
            std::string out;
            for (const auto& [name, field] : value.fields) {
                out += (out.empty() ? "" : ", ") + quoted(name, '\'') + ": " + literal(field);
            }
            return "{" + out + "}";
        }
        default:
            return "NULL";
    }
}

}  // namespace

std::string StatementText::name(const std::string& attribute) {
    return quoted(attribute, '"');
}

std::string StatementText::value(const Value& value) {
    if (has_literal(value) && random_.chance(50)) return literal(value);
    parameters_.push_back(value);
    return "?";
}

std::string StatementText::clauses(const Update& update) {
    std::string out;
    bool sets = false;
    for (const Action& action : update) {
        const std::string target = path(action.target);
        if (action.kind == Action::Kind::remove) {
            out += " REMOVE " + target;
            sets = false;
            continue;
        }
        out += sets && random_.chance(50) ? ", " : " SET ";
        sets = true;
        out += target + " = ";
        if (action.kind == Action::Kind::add || action.kind == Action::Kind::subtract) {
            out += action.kind == Action::Kind::add ? "set_add(" : "SET_DELETE(";
            out += target + ", " + value(action.operands[0].value) + ")";
            continue;
        }
        out += operand(action.operands[0]);
        if (action.operands.size() < 2) continue;
        out += action.kind == Action::Kind::plus ? " + " : " - ";
        out += operand(action.operands[1]);
    }
    return out;
}

std::string StatementText::key(const Item& key) {
    std::vector<std::string> parts;
    for (const auto& [attribute, part] : key) {
        const bool mirrored = random_.chance(20);
        const std::string left = mirrored ? value(part) : name(attribute);
        parts.push_back(left + " = " + (mirrored ? name(attribute) : value(part)));
    }
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : " AND ") + part;
    return out;
}

std::string StatementText::request(const std::string& statement) const {
    std::string values;
    for (const Value& each : parameters_) values += (values.empty() ? "" : ",") + to_json(each);
    const std::string parameters = values.empty() ? "" : ",\"Parameters\":[" + values + "]";
    return "{\"Statement\":" + json_string(statement) + parameters;
}

bool is_statement(const Update& update) {
    return std::all_of(update.begin(), update.end(), [](const Action& action) {
        if (action.kind != Action::Kind::add && action.kind != Action::Kind::subtract) return true;
        const Operand& operand = action.operands[0];
        return operand.kind == Operand::Kind::value && is_set(operand.value.type);
    });
}

}  // namespace minamo::model
