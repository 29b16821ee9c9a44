// Rendering and static checks.
#include "tests/model/expression.hpp"

#include <algorithm>
#include <set>

namespace minamo::model {
namespace {

bool is_plain(const std::string& name) {
    return name != "size" && std::all_of(name.begin(), name.end(),
                                         [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : separator) + part;
    return out;
}

const char* function_name(Condition::Kind kind) {
    switch (kind) {
        case Condition::Kind::exists:
            return "attribute_exists";
        case Condition::Kind::not_exists:
            return "attribute_not_exists";
        case Condition::Kind::has_type:
            return "attribute_type";
        case Condition::Kind::begins_with:
            return "begins_with";
        default:
            return "contains";
    }
}

bool is_value(const Operand& operand) {
    return operand.kind == Operand::Kind::value;
}

bool of_types(const Operand& operand, std::initializer_list<Type> types) {
    return !is_value(operand) || std::find(types.begin(), types.end(), operand.value.type) != types.end();
}

bool ordered_operands(const std::vector<Operand>& operands) {
    return std::all_of(operands.begin(), operands.end(), [](const Operand& each) {
        return of_types(each, {Type::S, Type::N, Type::B});
    });
}

// The first operand differs from all others.
bool distinct(const std::vector<Operand>& operands) {
    if (operands[0].kind != Operand::Kind::path) return true;
    return std::none_of(operands.begin() + 1, operands.end(), [&](const Operand& other) {
        return other.kind == Operand::Kind::path && other.path == operands[0].path;
    });
}

bool bounds_fit(const Operand& low, const Operand& high) {
    if (!is_value(low) || !is_value(high)) return true;
    return low.value.type == high.value.type && !(high.value < low.value);
}

// Whether one path is the start of the other, or they part at a name and an index.
bool clash(const Path& a, const Path& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i].index() != b[i].index()) return true;
        if (a[i] != b[i]) return false;
    }
    return true;
}

bool operand_fits(const Action& action, const Operand& operand) {
    if (operand.kind == Operand::Kind::list_append) {
        return std::all_of(operand.arguments.begin(), operand.arguments.end(),
                           [](const Operand& each) { return of_types(each, {Type::L}); });
    }
    switch (action.kind) {
        case Action::Kind::plus:
        case Action::Kind::minus:
            return of_types(operand, {Type::N});
        case Action::Kind::add:
            return of_types(operand, {Type::N, Type::SS, Type::NS, Type::BS});
        case Action::Kind::subtract:
            return of_types(operand, {Type::SS, Type::NS, Type::BS});
        default:
            return true;
    }
}

}  // namespace

std::string Text::name(const std::string& attribute) {
    if (is_plain(attribute) && uses_++ % 3 != 0) return attribute;
    auto& placeholder = names_[attribute];
    if (placeholder.empty()) placeholder = "#n" + std::to_string(names_.size());
    return placeholder;
}

std::string Text::value(const Value& value) {
    values_.push_back(value);
    return ":v" + std::to_string(values_.size());
}

std::string Text::path(const Path& path) {
    std::string out;
    for (const Element& element : path) {
        if (const auto* index = std::get_if<std::size_t>(&element)) {
            out += "[" + std::to_string(*index) + "]";
        } else {
            out += (out.empty() ? "" : ".") + name(std::get<std::string>(element));
        }
    }
    return out;
}

std::string Text::operand(const Operand& operand) {
    switch (operand.kind) {
        case Operand::Kind::path:
            return path(operand.path);
        case Operand::Kind::value:
            return value(operand.value);
        case Operand::Kind::size:
            return "size(" + path(operand.path) + ")";
        case Operand::Kind::if_not_exists: {
            const std::string target = path(operand.path);
            return "if_not_exists(" + target + ", " + this->operand(operand.arguments[0]) + ")";
        }
        case Operand::Kind::list_append:
            break;
    }
    const std::string left = this->operand(operand.arguments[0]);
    return "list_append(" + left + ", " + this->operand(operand.arguments[1]) + ")";
}

std::string Text::group(const Condition& condition, bool grouped) {
    return grouped ? "(" + this->condition(condition) + ")" : this->condition(condition);
}

std::string Text::condition(const Condition& condition) {
    using Kind = Condition::Kind;
    std::vector<std::string> parts;
    for (const Operand& each : condition.operands) parts.push_back(operand(each));
    for (const Condition& each : condition.parts) {
        const bool weaker = each.kind == Kind::any && condition.kind != Kind::any;
        parts.push_back(group(each, weaker || each.kind == condition.kind ||
                                        (each.kind == Kind::all && condition.kind == Kind::negation)));
    }
    switch (condition.kind) {
        case Kind::compare:
            return joined(parts, " " + condition.comparator + " ");
        case Kind::between:
            return parts[0] + " BETWEEN " + parts[1] + " AND " + parts[2];
        case Kind::in:
            return parts[0] + " IN (" + joined({parts.begin() + 1, parts.end()}, ", ") + ")";
        case Kind::negation:
            return "NOT " + parts[0];
        case Kind::all:
            return joined(parts, " AND ");
        case Kind::any:
            return joined(parts, " OR ");
        default:
            return std::string(function_name(condition.kind)) + "(" + joined(parts, ", ") + ")";
    }
}

std::string Text::action(const Action& action) {
    std::string out = path(action.target);
    if (action.kind == Action::Kind::remove) return out;
    const bool section = action.kind == Action::Kind::add || action.kind == Action::Kind::subtract;
    out += (section ? " " : " = ") + operand(action.operands[0]);
    if (action.operands.size() < 2) return out;
    return out + (action.kind == Action::Kind::plus ? " + " : " - ") + operand(action.operands[1]);
}

std::string Text::update(const Update& update) {
    std::map<std::string, std::vector<std::string>> sections;
    for (const Action& each : update) {
        const char* section = each.kind == Action::Kind::remove     ? "REMOVE"
                              : each.kind == Action::Kind::add      ? "ADD"
                              : each.kind == Action::Kind::subtract ? "DELETE"
                                                                    : "SET";
        sections[section].push_back(action(each));
    }
    std::vector<std::string> parts;
    for (const auto& [section, actions] : sections) parts.push_back(section + " " + joined(actions, ", "));
    return joined(parts, " ");
}

std::string Text::projection(const Paths& paths) {
    std::vector<std::string> parts;
    for (const Path& each : paths) parts.push_back(path(each));
    return joined(parts, ", ");
}

std::string Text::members() const {
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const auto& [attribute, placeholder] : names_)
        names.push_back(json_string(placeholder) + ":" + json_string(attribute));
    for (std::size_t i = 0; i < values_.size(); ++i) {
        values.push_back("\":v" + std::to_string(i + 1) + "\":" + to_json(values_[i]));
    }
    std::string out;
    if (!names.empty()) out += ",\"ExpressionAttributeNames\":{" + joined(names, ",") + "}";
    if (!values.empty()) out += ",\"ExpressionAttributeValues\":{" + joined(values, ",") + "}";
    return out;
}

bool well_formed(const Condition& condition) {
    using Kind = Condition::Kind;
    const auto& operands = condition.operands;
    switch (condition.kind) {
        case Kind::compare:
            return distinct(operands) &&
                   (condition.comparator == "=" || condition.comparator == "<>" || ordered_operands(operands));
        case Kind::between:
            return distinct(operands) && ordered_operands(operands) && bounds_fit(operands[1], operands[2]);
        case Kind::in:
        case Kind::contains:
            return distinct(operands);
        case Kind::begins_with:
            return distinct(operands) && of_types(operands[0], {Type::S, Type::B}) &&
                   of_types(operands[1], {Type::S, Type::B});
        case Kind::exists:
        case Kind::not_exists:
        case Kind::has_type:
            return true;
        default:
            return std::all_of(condition.parts.begin(), condition.parts.end(),
                               [](const Condition& part) { return well_formed(part); });
    }
}

bool well_formed(const Paths& paths) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (clash(paths[i], paths[k])) return false;
        }
    }
    return true;
}

bool well_formed(const Update& update) {
    Paths targets;
    for (const Action& action : update) {
        targets.push_back(action.target);
        for (const Operand& operand : action.operands) {
            if (!operand_fits(action, operand)) return false;
        }
    }
    return well_formed(targets);
}

}  // namespace minamo::model
