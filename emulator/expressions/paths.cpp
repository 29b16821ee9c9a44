// Steps through an item follow its encoded form, where a step into the wrong kind of value leads nowhere as an absent
// attribute does.
#include "emulator/expressions/paths.hpp"

#include <algorithm>

namespace minamo {
namespace {

using grammar::ListIndex;
using grammar::Path;
using grammar::PathElement;
using storage::ItemView;
using storage::ValueView;

ResolvedElement resolve(const PathElement& element, const Binding& binding) {
    if (const auto* index = std::get_if<ListIndex>(&element)) return {{}, index->index, true};
    return {name_of(element, binding), 0, false};
}

// Calls `f` with each path of an operand or a condition, in text order.
template <class F>
class EachPath {
public:
    explicit EachPath(const F& f) : f_(f) {}

    void in(const grammar::Condition& condition) const {
        std::visit([this](const auto& node) { this->in_node(node); }, condition.node);
    }
    void in(const grammar::Operand& operand) const {
        if (const auto* path = std::get_if<Path>(&operand)) return f_(*path);
        if (const auto* function = std::get_if<std::unique_ptr<const grammar::Function>>(&operand)) {
            return in_node(**function);
        }
        if (const auto* sum = std::get_if<std::unique_ptr<const grammar::Sum>>(&operand)) {
            in((*sum)->left);
            return in((*sum)->right);
        }
        if (const auto* inner = std::get_if<std::unique_ptr<const grammar::Condition>>(&operand)) in(**inner);
    }

private:
    template <class Parts>
    void in_all(const Parts& parts) const {
        for (const auto& part : parts) in(part);
    }
    void in_node(const grammar::Comparison& node) const {
        in(node.left);
        in(node.right);
    }
    void in_node(const grammar::Between& node) const {
        in(node.operand);
        in(node.low);
        in(node.high);
    }
    void in_node(const grammar::In& node) const {
        in(node.operand);
        in_all(node.candidates);
    }
    void in_node(const grammar::Function& node) const { in_all(node.arguments); }
    void in_node(const grammar::Negation& node) const { in(*node.condition); }
    void in_node(const grammar::Conjunction& node) const { in_all(node.conditions); }
    void in_node(const grammar::Disjunction& node) const { in_all(node.conditions); }

    const F& f_;
};

template <class Tree, class F>
void each_path(const Tree& tree, const F& f) {
    EachPath<F>(f).in(tree);
}

template <class F>
void each_path(const grammar::UpdateAction& action, const F& f) {
    f(target_of(action));
    if (const auto* set = std::get_if<grammar::SetAction>(&action)) {
        each_path(set->value, f);
    }
}

}  // namespace

std::vector<storage::AttributeView> find_all(ItemView item) {
    std::vector<storage::AttributeView> found;
    found.reserve(item.count());
    for (const storage::AttributeView attribute : item.attributes()) found.push_back(attribute);
    return found;
}

ValueView Attributes::find_among_all(std::string_view name) const {
    const auto at = std::ranges::lower_bound(found_, name, {}, &storage::AttributeView::name);
    return at != found_.end() && at->name == name ? at->value : ValueView();
}

ValueView AttributeWalk::find(std::string_view name) {
    while (at_ != end_ && at_->name < name) ++at_;
    return at_ != end_ && at_->name == name ? at_->value : ValueView();
}

ValueView find(const Attributes& attributes, const Path& path, const Binding& binding) {
    ValueView value = attributes.find(name_of(path.elements[0], binding));
    for (std::size_t i = 1; i < path.elements.size() && !value.empty(); ++i) {
        const auto* index = std::get_if<ListIndex>(&path.elements[i]);
        value = index != nullptr ? value.at(index->index) : value.find(name_of(path.elements[i], binding));
    }
    return value;
}

ValueView find(const Attributes& attributes, std::span<const ResolvedElement> path) {
    ValueView value = attributes.find(path[0].name);
    for (std::size_t i = 1; i < path.size() && !value.empty(); ++i) {
        value = path[i].is_index ? value.at(path[i].index) : value.find(path[i].name);
    }
    return value;
}

ResolvedPath resolve(const Path& path, const Binding& binding) {
    ResolvedPath out;
    out.reserve(path.elements.size());
    for (const PathElement& step : path.elements) out.push_back(resolve(step, binding));
    return out;
}

const Path& target_of(const grammar::UpdateAction& action) {
    return std::visit([](const auto& any) -> const Path& { return any.path; }, action);
}

std::vector<const Path*> targets_of(const grammar::UpdateExpression& update) {
    std::vector<const Path*> out;
    out.reserve(update.actions.size());
    for (const auto& action : update.actions) out.push_back(&target_of(action));
    return out;
}

bool same_path(const Path& a, const Path& b, const Binding& binding) {
    if (a.elements.size() != b.elements.size()) return false;
    for (std::size_t i = 0; i < a.elements.size(); ++i) {
        if (resolve(a.elements[i], binding) != resolve(b.elements[i], binding)) return false;
    }
    return true;
}

std::string path_text(const Path& path, const Binding& binding) {
    std::string out;
    for (const PathElement& step : path.elements) {
        out.append(out.empty() ? "[" : ", ");
        if (const auto* index = std::get_if<ListIndex>(&step)) {
            out.append("[").append(std::to_string(index->index)).append("]");
        } else {
            out.append(name_of(step, binding));
        }
    }
    return out.append("]");
}

std::vector<ResolvedPath> target_paths(const BoundUpdate& update) {
    std::vector<ResolvedPath> out;
    if (!update) return out;
    out.reserve(update.tree->actions.size());
    for (const auto& action : update.tree->actions) out.push_back(resolve(target_of(action), update.binding));
    return out;
}

std::vector<ResolvedPath> nested_paths(const BoundUpdate& update) {
    std::vector<ResolvedPath> out;
    for (const auto& action : update.tree->actions) {
        each_path(action, [&](const Path& path) {
            if (path.elements.size() > 1) out.push_back(resolve(path, update.binding));
        });
    }
    return out;
}

std::vector<ResolvedPath> nested_paths(const BoundCondition& condition) {
    std::vector<ResolvedPath> out;
    if (!condition) return out;
    each_path(condition.tree->root, [&](const Path& path) {
        if (path.elements.size() > 1) out.push_back(resolve(path, condition.binding));
    });
    return out;
}

std::vector<ResolvedPath> paths(const grammar::Condition& condition, const Binding& binding) {
    std::vector<ResolvedPath> out;
    each_path(condition, [&](const Path& path) { out.push_back(resolve(path, binding)); });
    return out;
}

std::vector<ResolvedPath> paths(const BoundCondition& condition) {
    return condition ? paths(condition.tree->root, condition.binding) : std::vector<ResolvedPath>();
}

std::vector<ResolvedPath> paths(const BoundProjection& projection) {
    std::vector<ResolvedPath> out;
    if (!projection) return out;
    out.reserve(projection.tree->paths.size());
    for (const Path& path : projection.tree->paths) out.push_back(resolve(path, projection.binding));
    return out;
}

}  // namespace minamo
