// Slots are of one list that conditions and updates share: a slot is a literal's value, or the parameter's.
#include "emulator/statements/bound.hpp"

#include <algorithm>
#include <utility>

#include "emulator/expressions/operand_checks.hpp"
#include "emulator/expressions/prepare.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::ValueView;

tl::unexpected<Error> too_few_parameters() {
    return invalid("Number of parameters in request and statement don't match.");
}

Result<void> told(const Checked& checked) {
    return checked ? Result<void>{} : invalid(checked.error());
}

Result<void> told(const std::string& limit) {
    return limit.empty() ? Result<void>{} : invalid(limit);
}

// The values behind all slots; of parameters that were not given empty ones.
Binding bind_values(const BoundStatement& statement) {
    Binding binding;
    const auto& values = statement.translation->values;
    binding.values.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        binding.values.push_back(statement.value({static_cast<std::uint16_t>(i)}));
    }
    return binding;
}

Result<void> check_sets(const BoundStatement& statement) {
    for (const SetOperand& operand : statement.translation->sets) {
        const storage::Type type = statement.value(operand.value).type();
        if ((type_bit(type) & set_types) == 0) return invalid(operand.fault);
    }
    return {};
}

void bind_projection(BoundStatement& statement) {
    const Translation& translation = *statement.translation;
    if (translation.projection == nullptr) return;
    statement.projection.tree = translation.projection;
    const auto is_name = [](const grammar::Path& path) { return path.elements.size() == 1; };
    if (std::ranges::all_of(translation.projection->paths, is_name)) {
        statement.projection.top_level.assign(translation.names.begin(), translation.names.end());
        std::ranges::sort(statement.projection.top_level);
    } else {
        statement.projection.columns = translation.names;
    }
}

}  // namespace

ValueView BoundStatement::value(grammar::ValueSlot slot) const {
    const StatementValue& value = translation->values[slot.slot];
    if (!value.literal.empty()) return ValueView(value.literal);
    return value.parameter < parameters.size() ? ValueView(parameters[value.parameter]) : ValueView();
}

Result<void> take_parameters(Input input, BoundStatement& statement) {
    const json::Value* list = input.find("Parameters");
    if (list == nullptr) return {};
    statement.parameters.reserve(list->Size());
    for (const auto& element : list->GetArray()) {
        TRY_LET(value, value_from_json(element));
        statement.parameters.push_back(encode(value));
    }
    return {};
}

Result<void> take_statement(Input input, BoundStatement& statement) {
    statement.text = input.text("Statement");
    statement.return_old_on_failure = input.text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
    if (auto found = find_prepared(TextKind::statement, statement.text)) {
        statement.translation = std::static_pointer_cast<const Translation>(std::move(found));
        return {};
    }
    const auto parsed = grammar::parse_statement(statement.text);
    if (!parsed) return invalid("Statement wasn't well formed, can't be processed: " + parsed.error().reason);
    auto translation = std::make_shared<const Translation>(translate(*parsed));
    keep_prepared(TextKind::statement, statement.text, translation);
    statement.translation = std::move(translation);
    return {};
}

Result<void> pass_stage(const BoundStatement& statement, Stage stage) {
    const Translation& translation = *statement.translation;
    const auto position = static_cast<std::size_t>(stage);
    const auto& refusal = translation.refusals[position];
    const std::size_t wanted = refusal ? refusal->parameters : translation.parameters[position];
    if (statement.parameters.size() < wanted) return too_few_parameters();
    return refusal ? invalid(refusal->message) : Result<void>{};
}

Result<void> bind_statement(BoundStatement& statement) {
    const Translation& translation = *statement.translation;
    TRY(pass_stage(statement, Stage::text));
    if (translation.where != nullptr) {
        statement.where = {translation.where, bind_values(statement)};
        TRY(told(check_operands(*translation.where, statement.where.binding)));
        TRY(told(translation.where_limit));
    }
    TRY(pass_stage(statement, Stage::changes));
    if (translation.update != nullptr) {
        statement.update = {translation.update, bind_values(statement), false};
        TRY(check_sets(statement));
        TRY(told(check_operands(*translation.update, statement.update.binding)));
        TRY(told(translation.update_limit));
    }
    bind_projection(statement);
    return {};
}

}  // namespace minamo
