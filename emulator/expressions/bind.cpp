// A text, the names and values of its request, and all that can be wrong before an item is read, in DynamoDB's order:
// the parser's own faults, placeholders of updates and projections, their paths among themselves, then operands.
#include <algorithm>
#include <array>
#include <utility>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/operand_checks.hpp"
#include "emulator/expressions/overlaps.hpp"
#include "emulator/expressions/paths.hpp"
#include "emulator/expressions/prepare.hpp"

namespace minamo {
namespace {

constexpr std::string_view prefix_of(ConditionKind kind) {
    constexpr std::array<std::string_view, 3> prefixes{
        "Invalid ConditionExpression: ", "Invalid FilterExpression: ", "Invalid KeyConditionExpression: "};
    return prefixes[static_cast<std::size_t>(kind)];
}

// How faults of one kind of expression are told.
struct Voice {
    std::string_view prefix;
    RequestFault fault = RequestFault::none;

    tl::unexpected<Error> operator()(const std::string& reason) const {
        return invalid(fault, std::string(prefix) + reason);
    }
};

Binding bind(const grammar::Placeholders& placeholders, Substitutions& substitutions) {
    Binding binding;
    binding.names.reserve(placeholders.names.size());
    binding.values.reserve(placeholders.values.size());
    for (const std::string& name : placeholders.names) {
        const int position = substitutions.use_name(name);
        binding.names.push_back(position < 0 ? std::string_view() : substitutions.name(position));
    }
    for (const std::string& value : placeholders.values) {
        const int position = substitutions.use_value(value);
        binding.values.push_back(position < 0 ? storage::ValueView() : substitutions.value(position));
    }
    return binding;
}

// The names of a projection that stays at the top level, ascending; nothing where a path goes deeper.
std::vector<std::string_view> top_level_names(const grammar::ProjectionExpression& projection, const Binding& binding) {
    std::vector<std::string_view> names;
    names.reserve(projection.paths.size());
    for (const grammar::Path& path : projection.paths) {
        if (path.elements.size() > 1) return {};
        names.push_back(name_of(path.elements[0], binding));
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

Result<BoundCondition> bind_condition(ConditionKind kind, std::string_view text, Substitutions& substitutions) {
    const bool guards = kind == ConditionKind::condition;
    const Voice refuse{prefix_of(kind), guards ? RequestFault::condition : RequestFault::none};
    auto tree = prepare_condition(text);
    if (!tree) return refuse(tree.error().reason);
    Binding binding = bind((*tree)->placeholders, substitutions);
    if (auto checked = check_operands(**tree, binding); !checked) return refuse(checked.error());
    return BoundCondition{std::move(*tree), std::move(binding)};
}

Result<BoundUpdate> bind_update(std::string_view text, Substitutions& substitutions) {
    constexpr Voice refuse{"Invalid UpdateExpression: ", RequestFault::update};
    auto tree = prepare_update(text);
    if (!tree) return refuse(tree.error().reason);
    Binding binding = bind((*tree)->placeholders, substitutions);
    if (auto checked = check_defined(**tree, binding); !checked) return refuse(checked.error());
    if (auto checked = check_apart(targets_of(**tree), binding); !checked) return refuse(checked.error());
    if (auto checked = check_operands(**tree, binding); !checked) return refuse(checked.error());
    return BoundUpdate{std::move(*tree), std::move(binding)};
}

Result<BoundProjection> bind_projection(std::string_view text, Substitutions& substitutions) {
    constexpr Voice refuse{"Invalid ProjectionExpression: "};
    auto tree = prepare_projection(text);
    if (!tree) return refuse(tree.error().reason);
    Binding binding = bind((*tree)->placeholders, substitutions);
    std::vector<const grammar::Path*> paths;
    paths.reserve((*tree)->paths.size());
    for (const grammar::Path& path : (*tree)->paths) paths.push_back(&path);
    if (auto checked = check_defined(**tree, binding); !checked) return refuse(checked.error());
    if (auto checked = check_apart(paths, binding); !checked) return refuse(checked.error());
    auto names = top_level_names(**tree, binding);
    return BoundProjection{std::move(*tree), std::move(binding), std::move(names), {}};
}

}  // namespace minamo
