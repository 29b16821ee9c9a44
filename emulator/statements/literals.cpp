// Values that statements write out. Messages say where in the value a fault stands: under root, root.k, root[0].
#include <algorithm>
#include <limits>
#include <utility>

#include "emulator/statements/terms.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using grammar::Expression;
using grammar::Term;
using storage::AttributeValue;
using storage::Decimal;

constexpr std::string_view bag_rule =
    "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags";

class Literals {
public:
    // `where` is the value's place, `level` how many values it stands in.
    Translated<AttributeValue> read(const Expression& expression, const std::string& where, std::size_t level) const {
        switch (expression.term) {
            case Term::number: {
                TRY_LET(number, decimal(expression, where));
                return AttributeValue{number};
            }
            case Term::string:
                return AttributeValue{expression.text};
            case Term::boolean:
                return AttributeValue{expression.text == "true"};
            case Term::null:
                return AttributeValue{storage::Null{}};
            case Term::list:
                return list(expression, where, level);
            case Term::structure:
                return structure(expression, where, level);
            case Term::bag:
                return bag(expression, where);
            case Term::ion:
                return refused_at("Ion Literals are not supported: " + expression.text + " under key " + where,
                                  expression.at);
            default:
                return refused_at("Unsupported data type: " + name_of(expression, level) + " under key " + where,
                                  expression.at);
        }
    }

private:
    static Translated<Decimal> decimal(const Expression& expression, const std::string& where) {
        const auto parsed = Decimal::parse(expression.text);
        if (parsed) return *parsed;
        return refused(number_message(parsed.error(), expression.text) + " under " + where);
    }

    // At the top a message shows what is written, below what class it is of.
    static std::string name_of(const Expression& expression, std::size_t level) {
        if (level > 0) return std::string(class_of(expression));
        if (expression.term == Term::missing) return "MISSING";
        if (expression.term == Term::path) return expression.parts.front().text;
        return expression.text.empty() ? std::string(class_of(expression)) : expression.text;
    }

    static Translated<void> check_level(const std::string& where, std::size_t level) {
        if (level + 1 < nesting_levels_max) return {};
        return refused("Nesting Levels have exceeded supported limits under " + where);
    }

    Translated<AttributeValue> list(const Expression& expression, const std::string& where, std::size_t level) const {
        TRY(check_level(where, level));
        storage::List out;
        out.reserve(expression.parts.size());
        for (const Expression& part : expression.parts) {
            TRY_LET(value, read(part, where + "[" + std::to_string(out.size()) + "]", level + 1));
            out.push_back(std::move(value));
        }
        return AttributeValue{std::move(out)};
    }

    Translated<AttributeValue> structure(const Expression& expression, const std::string& where,
                                         std::size_t level) const {
        TRY(check_level(where, level));
        storage::Map out;
        for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
            const Expression& key = expression.parts[i];
            if (key.term != Term::string) {
                return refused_at(
                    "Tuple keys must be of type String. Actual type: " + std::string(class_of(key)) + " under " + where,
                    key.at);
            }
            if (out.find(key.text) != nullptr) {
                return refused_at("Duplicate keys in tuple. Key: " + key.text + " under " + where, key.at);
            }
            TRY_LET(value, read(expression.parts[i + 1], where + "." + key.text, level + 1));
            out.set(key.text, std::move(value));
        }
        return AttributeValue{std::move(out)};
    }

    static Translated<AttributeValue> bag(const Expression& expression, const std::string& where) {
        if (expression.parts.empty()) return refused("Empty bags are not supported");
        const Term kind = expression.parts.front().term;
        for (const Expression& part : expression.parts) {
            if (part.term != Term::string && part.term != Term::number) {
                return refused_at(std::string(bag_rule), part.at);
            }
            if (part.term != kind) return refused(std::string(bag_rule));
        }
        return kind == Term::string ? strings(expression) : numbers(expression, where);
    }

    static std::string listed(const Expression& bag) {
        std::string out = "Input collection [";
        for (const Expression& part : bag.parts) {
            if (&part != &bag.parts.front()) out.append(", ");
            out.append(part.text);
        }
        return out.append("] contains duplicates");
    }

    static Translated<AttributeValue> strings(const Expression& bag) {
        storage::StringSet set;
        for (const Expression& part : bag.parts) set.members.push_back(part.text);
        if (!normalize(set)) {
            return refused("One or more parameter values were invalid: " + listed(bag) + ".");
        }
        return AttributeValue{std::move(set)};
    }

    static Translated<AttributeValue> numbers(const Expression& bag, const std::string& where) {
        storage::NumberSet set;
        for (const Expression& part : bag.parts) {
            TRY_LET(number, decimal(part, where));
            set.members.push_back(number);
        }
        if (!normalize(set)) return refused(listed(bag) + "! under " + where);
        return AttributeValue{std::move(set)};
    }
};

}  // namespace

Translated<AttributeValue> literal_value(const Expression& expression) {
    return Literals().read(expression, "root", 0);
}

bool is_literal(const Expression& expression) {
    switch (expression.term) {
        case Term::number:
        case Term::string:
        case Term::boolean:
        case Term::null:
        case Term::list:
        case Term::structure:
        case Term::bag:
        case Term::ion:
            return true;
        default:
            return false;
    }
}

}  // namespace minamo
