// The frame of a statement: what it is, which table it names, and the stages at which its parts are told.
#include "emulator/statements/translation.hpp"

#include <algorithm>
#include <utility>

#include "emulator/expressions/overlaps.hpp"
#include "emulator/statements/parts.hpp"
#include "grammar/limits.hpp"

namespace minamo {
namespace {

using grammar::Expression;
using grammar::Term;

constexpr std::size_t name_length_min = 3;
constexpr std::size_t name_length_max = 255;

bool is_table_name(std::string_view name) {
    if (name.starts_with("arn:")) return true;  // what it names is looked for later
    if (name.size() < name_length_min || name.size() > name_length_max) return false;
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

// What a path of a SELECT list is called: its last name, and the indexes behind it.
std::string result_name(const grammar::Path& path) {
    std::size_t first = path.elements.size();
    while (std::holds_alternative<grammar::ListIndex>(path.elements[first - 1])) --first;
    std::string name = std::get<std::string>(path.elements[first - 1]);
    for (std::size_t i = first; i < path.elements.size(); ++i) {
        name.append("[").append(std::to_string(std::get<grammar::ListIndex>(path.elements[i]).index)).append("]");
    }
    return name;
}

// Of two paths that get in each other's way, messages name the later one first.
Translated<void> check_apart_from_last(const std::vector<const grammar::Path*>& paths) {
    const std::vector<const grammar::Path*> later_first(paths.rbegin(), paths.rend());
    return check_apart(later_first, Binding{});
}

// A statement on its way: each step either adds to the translation or notes why it is refused, and at which stage.
class Translator {
public:
    Translation translate(const grammar::Statement& statement) {
        std::visit([this](const auto& node) { translate(node); }, statement.node);
        out_.values = slots_.take();
        return std::move(out_);
    }

private:
    void refuse(Stage stage, std::string message) {
        auto& refusal = out_.refusals[static_cast<std::size_t>(stage)];
        if (!refusal) refusal = StatementRefusal{std::move(message), slots_.parameters(), slots_.is_refused()};
    }
    bool is_refused(Stage stage) const { return out_.refusals[static_cast<std::size_t>(stage)].has_value(); }
    // Notes what a step is refused for; true where it is done.
    template <class T>
    bool pass(Stage stage, const Translated<T>& step) {
        if (!step) refuse(stage, step.error());
        return step.has_value();
    }
    void end(Stage stage) { out_.parameters[static_cast<std::size_t>(stage)] = slots_.parameters(); }

    // Anything else than the four: a command, or an expression alone.
    void translate(const grammar::Command& command) {
        out_.kind = StatementKind::other;
        refuse(Stage::text, "Unsupported operation: " + command.kind);
    }

    void translate(const Expression& expression) {
        if (expression.term == Term::call && expression.text == "exists" && expression.parts.size() == 1 &&
            expression.parts[0].term == Term::subquery) {
            out_.kind = StatementKind::exists;
            select(*expression.parts[0].select);
        } else if (expression.term == Term::subquery) {
            translate(*expression.select);
        } else if (expression.term == Term::call || expression.term == Term::operation) {
            out_.kind = StatementKind::operate;
        } else {
            out_.kind = StatementKind::other;
            refuse(Stage::text, "Unsupported operation: " + std::string(statement_class(expression)));
        }
    }

    static std::string_view statement_class(const Expression& expression) {
        switch (expression.term) {
            case Term::identifier:
                return "Id";
            case Term::number:
            case Term::string:
            case Term::boolean:
            case Term::null:
            case Term::ion:
                return "Lit";
            case Term::missing:
                return "Missing";
            default:
                return class_of(expression);
        }
    }

    void translate(const grammar::Select& statement) {
        out_.kind = StatementKind::select;
        select(statement);
    }

    void select(const grammar::Select& statement) {
        pass(Stage::text, check_clauses(statement)) && pass(Stage::text, source(statement.source)) &&
            pass(Stage::text, projection(statement)) && where(statement.where);
        order(statement);
        for (const Stage stage : {Stage::changes, Stage::target, Stage::in_table}) end(stage);
    }

    static Translated<void> check_clauses(const grammar::Select& statement) {
        if (statement.limit) return refused_at("Unsupported clause: LIMIT", statement.limit->at);
        if (statement.offset) return refused_at("Unsupported clause: OFFSET", statement.offset->at);
        if (statement.grouped) return refused("Unsupported clause: GROUP BY");
        if (statement.having) return refused_at("Unsupported clause: HAVING", statement.having->at);
        return {};
    }

    Translated<void> source(const grammar::Source& source) {
        if (source.kind != grammar::Source::Kind::one) {
            return refused("Only select from a single table or index is supported.");
        }
        TRY(name_source(source.expression));
        if (source.aliased) return refused("Aliasing is not supported");
        if (is_table_name(out_.table)) return {};
        return refused(
            "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.");
    }

    Translated<void> name_source(const Expression& expression) {
        if (!is_path(expression)) return refused("Unexpected from source");
        const bool alone = expression.term == Term::identifier;
        const Expression& root = alone ? expression : expression.parts.front();
        if (root.term != Term::identifier) return refused("Unexpected from source");
        out_.table = root.text;
        if (!alone) {
            TRY(name_index(expression));
        }
        if (!out_.table.empty() && (!out_.index || !out_.index->empty())) return {};
        return refused("Path component cannot be an empty string");
    }

    Translated<void> name_index(const Expression& path) {
        for (std::size_t i = 1; i < path.parts.size(); ++i) {
            const Expression& step = path.parts[i];
            if (step.term == Term::unpivot) {
                return refused_at("Unpivot path component like a.*.b are not supported", step.at);
            }
            if (step.term == Term::name_step || step.term == Term::identifier || step.term == Term::string) continue;
            return refused("Invalid list expression in source.");
        }
        if (path.parts.size() > 2) return refused("A path may contain at most 2 components in the FROM clause");
        out_.index = path.parts[1].text;
        return {};
    }

    Translated<void> projection(const grammar::Select& statement) {
        if (statement.distinct) return refused("Unsupported token in expression: DISTINCT");
        if (statement.shape == grammar::Select::Shape::value || statement.shape == grammar::Select::Shape::pivot) {
            return refused("Select projection doesn't support value or pivot keywords");
        }
        if (statement.shape == grammar::Select::Shape::all) return {};
        auto tree = std::make_shared<grammar::ProjectionExpression>();
        std::size_t longest = 0;
        for (const grammar::SelectItem& item : statement.items) {
            if (item.all) return refused("Changing item's hierarchy while reading isn't supported");
            if (!is_path(item.expression)) return refused_at("Unexpected path component", item.expression.at);
            TRY_LET(path, path_of(item.expression));
            if (item.aliased) return refused("Aliasing is not supported");
            longest = std::max(longest, path.elements.size());
            tree->paths.push_back(std::move(path));
        }
        if (auto fault = grammar::path_elements_fault(longest); !fault.empty()) return refused(std::move(fault));
        return name_columns(std::move(tree));
    }

    Translated<void> name_columns(std::shared_ptr<grammar::ProjectionExpression> tree) {
        std::vector<const grammar::Path*> paths;
        for (const grammar::Path& path : tree->paths) {
            std::string name = result_name(path);
            if (std::ranges::find(out_.names, name) != out_.names.end()) {
                return refused("Duplicate identifiers in select clause: " + name);
            }
            out_.names.push_back(std::move(name));
            paths.push_back(&path);
        }
        TRY(check_apart_from_last(paths));
        out_.projection = std::move(tree);
        return {};
    }

    bool where(const std::optional<Expression>& expression) {
        if (expression && depth_of(*expression) > translated_depth_max) {
            refuse(Stage::text, grammar::operators_fault(depth_of(*expression)));
        } else if (expression) {
            auto translated = translate_where(*expression, slots_);
            if (!pass(Stage::text, translated)) return false;
            auto tree = std::make_shared<grammar::ConditionExpression>();
            tree->root = std::move(translated->root);
            out_.where = std::move(tree);
            out_.where_limit = std::move(translated->limit);
        }
        end(Stage::text);
        return !is_refused(Stage::text);
    }

    void order(const grammar::Select& statement) {
        for (const grammar::SortKey& key : statement.order) {
            if (key.expression.term != Term::identifier) {
                return refuse(Stage::in_table, "Argument to ORDER BY must be of type VariableReference. Type: " +
                                                   sort_type(key.expression));
            }
            out_.order.push_back({key.expression.text, key.descending});
        }
    }

    static std::string sort_type(const Expression& expression) {
        if (expression.term == Term::string) return "\"" + expression.text + "\"";
        if (expression.term == Term::path) return "PATH";
        if (expression.term == Term::parameter) return "PARAMETER";
        return expression.text.empty() ? std::string(class_of(expression)) : expression.text;
    }

    void translate(const grammar::Manipulation& statement) {
        out_.has_returning = !statement.returning.empty();
        const auto& operations = statement.operations;
        for (const auto& operation : operations) {
            const auto* insertion = std::get_if<grammar::Insertion>(&operation);
            if (insertion != nullptr) return insert(statement, *insertion);
        }
        const bool deletes = std::holds_alternative<grammar::Deletion>(operations.front());
        out_.kind = deletes ? StatementKind::remove : StatementKind::update;
        if (!where(statement.where)) return;
        if (!deletes && !changes(statement)) return;
        end(Stage::changes);
        // Of what both lack, each tells another part.
        if (deletes) check_has_where(statement);
        pass(Stage::target, target(statement));
        check_has_where(statement);
        end(Stage::target);
        pass(Stage::in_table, returning(statement));
        end(Stage::in_table);
    }

    void check_has_where(const grammar::Manipulation& statement) {
        if (!statement.where) refuse(Stage::target, std::string(missing_equality));
    }

    bool changes(const grammar::Manipulation& statement) {
        for (const auto& operation : statement.operations) {
            const auto* set = std::get_if<grammar::Assignment>(&operation);
            if (set == nullptr || depth_of(set->value) <= translated_depth_max) continue;
            refuse(Stage::changes, grammar::operators_fault(depth_of(set->value)));
            return false;
        }
        auto translated = translate_update(statement, slots_);
        if (!pass(Stage::changes, translated)) return false;
        auto tree = std::make_shared<grammar::UpdateExpression>();
        tree->actions = std::move(translated->actions);
        out_.sets = std::move(translated->sets);
        out_.update_limit = std::move(translated->limit);
        std::vector<const grammar::Path*> targets;
        for (const auto& action : tree->actions) {
            targets.push_back(&std::visit([](const auto& any) -> const grammar::Path& { return any.path; }, action));
        }
        out_.update = std::move(tree);
        pass(Stage::target, check_apart_from_last(targets));
        return true;
    }

    Translated<void> target(const grammar::Manipulation& statement) {
        // SET and REMOVE may stand alone, with no table.
        if (!statement.target || statement.target->kind != grammar::Source::Kind::one) {
            return refused("Only select from a single table or index is supported.");
        }
        const grammar::Source& source = *statement.target;
        TRY(name_source(source.expression));
        if (source.aliased) return refused("Aliasing is not supported");
        if (out_.index) return refused("This operation is not supported on an index");
        return {};
    }

    Translated<void> returning(const grammar::Manipulation& statement) {
        if (statement.returning.empty()) return {};
        if (statement.returning.size() > 1) {
            return refused("Invalid syntax with multiple returning elements in RETURNING clause");
        }
        const grammar::Returning& element = statement.returning.front();
        if (!element.all) {
            return refused("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
        }
        if (out_.kind == StatementKind::remove && element.words != "ALL OLD") {
            return refused("Only ALL OLD is supported in RETURNING clause of DELETE statements");
        }
        if (element.words == "ALL OLD") out_.returned = ReturnedItem::all_old;
        if (element.words == "ALL NEW") out_.returned = ReturnedItem::all_new;
        if (element.words == "MODIFIED OLD") out_.returned = ReturnedItem::modified_old;
        if (element.words == "MODIFIED NEW") out_.returned = ReturnedItem::modified_new;
        return {};
    }

    void insert(const grammar::Manipulation& statement, const grammar::Insertion& insertion) {
        out_.kind = StatementKind::insert;
        if (!insertion.of_value) return refuse(Stage::text, "Unsupported operation: InsertOp");
        if (statement.target) {
            return refuse(Stage::text,
                          "Unsupported FROM ... WHERE ... clause in INSERT statement." + place(insertion.at));
        }
        if (!pass(Stage::text, members(insertion.value))) return;
        for (const Stage stage : {Stage::text, Stage::changes, Stage::target, Stage::in_table}) end(stage);
        pass(Stage::target, insert_target(insertion));
        if (!statement.returning.empty()) refuse(Stage::in_table, "RETURNING is not supported in INSERT");
    }

    Translated<void> insert_target(const grammar::Insertion& insertion) {
        if (insertion.target.term != Term::identifier) {
            return refused_at("FROM clause may only contain a single table name in data manipulation statements",
                              insertion.target.at);
        }
        out_.table = insertion.target.text;
        if (insertion.position) {
            return refused_at("AT is not supported in insert statements.", insertion.position->at);
        }
        if (insertion.on_conflict) return refused("Unsupported clause: ON CONFLICT");
        return {};
    }

    // The tuple from left to right: each member is a value that is written out, or a parameter.
    Translated<void> members(const Expression& tuple) {
        if (tuple.term != Term::structure) {
            return refused_at(
                "Unsupported format in item expression. Please use struct format {...} to express item values for "
                "insert statement.",
                tuple.at);
        }
        for (std::size_t i = 0; i + 1 < tuple.parts.size(); i += 2) {
            const Expression& key = tuple.parts[i];
            if (key.term != Term::string) {
                return refused_at(
                    "Tuple keys must be of type String. Actual type: " + std::string(class_of(key)) + " under root",
                    key.at);
            }
            if (key.text.empty()) return refused("Path component cannot be an empty string");
            if (std::ranges::find(out_.members, key.text, &StatementMember::name) != out_.members.end()) {
                return refused_at("Duplicate keys in tuple. Key: " + key.text + " under root", key.at);
            }
            const Expression& value = tuple.parts[i + 1];
            if (value.term == Term::parameter) {
                out_.members.push_back({key.text, slots_.add_parameter(value)});
                continue;
            }
            TRY_LET(slot, slots_.add_literal(value));
            out_.members.push_back({key.text, slot});
        }
        return {};
    }

    static constexpr std::string_view missing_equality =
        "Where clause does not contain a mandatory equality on all key attributes";

    Translation out_;
    ValueSlots slots_;
};

}  // namespace

Translation translate(const grammar::Statement& statement) {
    return Translator().translate(statement);
}

}  // namespace minamo
