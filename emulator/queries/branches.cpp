// Whether a condition is keyed is seen without spreading it out: of AND one part must hold the partition key in all its
// branches, of OR every part.
#include "emulator/queries/branches.hpp"

#include <algorithm>
#include <compare>
#include <memory>
#include <utility>
#include <variant>

#include "emulator/expressions/paths.hpp"
#include "emulator/queries/plan.hpp"
#include "storage/range_bounds.hpp"

namespace minamo {
namespace {

using grammar::Comparator;
using grammar::Condition;
using grammar::Operand;
using grammar::Path;
using storage::SortOperator;
using storage::ValueView;

// Far beyond what is ever read, two IN of the most operands: more are not looked at one by one.
constexpr std::size_t branches_max = 10000;

// Of different types, which no key has, by type: any order will do.
bool is_less(ValueView a, ValueView b) {
    if (a.type() != b.type()) return a.type() < b.type();
    const auto order = compare(a, b);
    return order && *order < 0;
}

// The name of a path that stays at the top level; empty for any other operand.
std::string_view top_level_name(const Operand& operand) {
    const auto* path = std::get_if<Path>(&operand);
    if (path == nullptr || path->elements.size() != 1) return {};
    return std::get<std::string>(path->elements[0]);
}

}  // namespace

bool SortInterval::is_empty() const {
    if (low.empty() || high.empty()) return false;
    const auto order = compare(low, high);
    if (!order) return !equal(low, high);  // values that no key has
    return *order > 0 || (*order == 0 && (low_open || high_open));
}

void SortInterval::narrow(const SortInterval& other) {
    if (!other.low.empty() && (low.empty() || is_less(low, other.low))) {
        low = other.low;
        low_open = other.low_open;
    } else if (!other.low.empty() && equal(low, other.low)) {
        low_open = low_open || other.low_open;
    }
    if (!other.high.empty() && (high.empty() || is_less(other.high, high))) {
        high = other.high;
        high_open = other.high_open;
    } else if (!other.high.empty() && equal(high, other.high)) {
        high_open = high_open || other.high_open;
    }
}

bool SortInterval::meets(const SortInterval& other) const {
    SortInterval both = *this;
    both.narrow(other);
    return !is_empty() && !other.is_empty() && !both.is_empty();
}

Branches::Branches(const storage::Table& table, const storage::Index* index, const BoundCondition& condition)
    : table_(table), index_(index), keys_(index != nullptr ? index->keys : table.keys), condition_(condition) {
    if (!condition) return;
    keyed_ = pins(condition.tree->root);
    if (!keyed_) return;
    branches_.emplace_back().terms.reserve(2);
    too_many_ = !spread(condition.tree->root, branches_);
    for (Branch& branch : branches_) settle(branch);
}

ValueView Branches::constant(const Operand& operand) const {
    const auto* slot = std::get_if<grammar::ValueSlot>(&operand);
    return slot != nullptr ? condition_.binding.values[slot->slot] : ValueView();
}

std::optional<KeyTerm> Branches::term(const Operand& path, SortOperator comparison, const Operand& low,
                                      const Operand* high) const {
    const std::string_view name = top_level_name(path);
    if (name.empty() || constant(low).empty() || (high != nullptr && constant(*high).empty())) return std::nullopt;
    const bool partition = name == keys_.partition[0].name;
    const bool sort = !partition && !keys_.sort.empty() && name == keys_.sort[0].name;
    if (!sort && !(partition && comparison == SortOperator::eq)) return std::nullopt;
    return KeyTerm{sort, comparison, constant(low), high != nullptr ? constant(*high) : ValueView()};
}

std::optional<KeyTerm> Branches::comparison_term(const grammar::Comparison& comparison) const {
    const SortOperator straight = sort_operator(comparison.comparator);
    if (straight == SortOperator::none) return std::nullopt;
    if (auto found = term(comparison.left, straight, comparison.right, nullptr)) return found;
    return term(comparison.right, sort_operator(mirrored(comparison.comparator)), comparison.left, nullptr);
}

std::optional<KeyTerm> Branches::single_term(const Condition& condition) const {
    if (const auto* comparison = std::get_if<grammar::Comparison>(&condition.node)) return comparison_term(*comparison);
    if (const auto* between = std::get_if<grammar::Between>(&condition.node)) {
        return term(between->operand, SortOperator::between, between->low, &between->high);
    }
    const auto* function = std::get_if<grammar::Function>(&condition.node);
    if (function == nullptr || function->name != grammar::FunctionName::begins_with) return std::nullopt;
    return term(function->arguments[0], SortOperator::begins_with, function->arguments[1], nullptr);
}

void Branches::add_terms(const Condition& condition, std::vector<KeyTerm>& out) const {
    const auto* in = std::get_if<grammar::In>(&condition.node);
    if (in == nullptr) {
        if (const auto found = single_term(condition)) out.push_back(*found);
        return;
    }
    const std::size_t before = out.size();
    for (const Operand& candidate : in->candidates) {
        const auto found = term(in->operand, SortOperator::eq, candidate, nullptr);
        if (!found) return out.resize(before);
        out.push_back(*found);
    }
}

std::vector<KeyTerm> Branches::terms(const Condition& condition) const {
    std::vector<KeyTerm> out;
    add_terms(condition, out);
    return out;
}

bool Branches::pins(const Condition& condition) const {
    const auto is_pinned = [this](const Condition& part) { return pins(part); };
    if (const auto* all = std::get_if<grammar::Conjunction>(&condition.node)) {
        return std::ranges::any_of(all->conditions, is_pinned);
    }
    if (const auto* any = std::get_if<grammar::Disjunction>(&condition.node)) {
        return std::ranges::all_of(any->conditions, is_pinned);
    }
    if (const auto found = single_term(condition)) return !found->sort;
    const auto found = terms(condition);
    return !found.empty() && !found.front().sort;
}

bool Branches::mentions_key(const Condition& condition) const {
    const auto mentions = [this](const Condition& part) { return mentions_key(part); };
    if (const auto* all = std::get_if<grammar::Conjunction>(&condition.node)) {
        return std::ranges::any_of(all->conditions, mentions);
    }
    if (const auto* any = std::get_if<grammar::Disjunction>(&condition.node)) {
        return std::ranges::any_of(any->conditions, mentions);
    }
    return !terms(condition).empty();
}

// NOT or `<>` of the sort key: what is left of it no interval says.
bool Branches::is_unsettled(const Condition& condition) const {
    if (keys_.sort.empty()) return false;
    const auto is_sort = [this](const Operand& operand) { return top_level_name(operand) == keys_.sort[0].name; };
    if (const auto* comparison = std::get_if<grammar::Comparison>(&condition.node)) {
        return comparison->comparator == Comparator::ne && (is_sort(comparison->left) || is_sort(comparison->right));
    }
    const auto* negation = std::get_if<grammar::Negation>(&condition.node);
    if (negation == nullptr) return false;
    const auto found = terms(*negation->condition);
    return !found.empty() && found.front().sort;
}

bool Branches::spread(const Condition& condition, std::vector<Branch>& branches) const {
    if (const auto* all = std::get_if<grammar::Conjunction>(&condition.node)) {
        return std::ranges::all_of(all->conditions, [&](const Condition& part) { return spread(part, branches); });
    }
    const auto* any = std::get_if<grammar::Disjunction>(&condition.node);
    if (any != nullptr && mentions_key(condition)) {
        std::vector<Branch> out;
        for (const Condition& part : any->conditions) {
            std::vector<Branch> spread_out = branches;
            if (!spread(part, spread_out)) return false;
            std::ranges::move(spread_out, std::back_inserter(out));
            if (out.size() > branches_max) return false;
        }
        branches = std::move(out);
        return true;
    }
    if (const auto one = single_term(condition)) {
        for (Branch& branch : branches) branch.terms.push_back(*one);
        return true;
    }
    const std::vector<KeyTerm> found = terms(condition);
    if (found.empty()) {
        for (Branch& branch : branches) {
            branch.filters.push_back(&condition);
            branch.unsettled_sort = branch.unsettled_sort || is_unsettled(condition);
        }
        return true;
    }
    if (branches.size() * found.size() > branches_max) return false;
    std::vector<Branch> out;
    for (const Branch& branch : branches) {
        for (const KeyTerm& one : found) {
            out.push_back(branch);
            out.back().terms.push_back(one);
        }
    }
    branches = std::move(out);
    return true;
}

// The first value behind all that begin with the prefix; empty() where there is none.
ValueView Branches::after_prefix(ValueView prefix) {
    const std::string_view text = prefix.text();
    if (text.find_first_not_of('\xff') == std::string_view::npos) return {};
    storage::AttributeValue value;
    if (prefix.type() == storage::Type::B) {
        value.data = storage::Binary{storage::after_prefix(text)};
    } else {
        value.data = storage::after_prefix(text);
    }
    return ValueView(owned_.emplace_back(encode(value)));
}

SortInterval Branches::interval_of(const KeyTerm& term) {
    switch (term.comparison) {
        case SortOperator::eq:
            return {term.low, term.low, false, false};
        case SortOperator::lt:
            return {{}, term.low, false, true};
        case SortOperator::le:
            return {{}, term.low, false, false};
        case SortOperator::gt:
            return {term.low, {}, true, false};
        case SortOperator::ge:
            return {term.low, {}, false, false};
        case SortOperator::between:
            return {term.low, term.high, false, false};
        case SortOperator::begins_with:
            return {term.low, after_prefix(term.low), false, true};
        case SortOperator::none:
            break;
    }
    return {};
}

void Branches::settle(Branch& branch) {
    bool contradicted = false;
    for (const KeyTerm& one : branch.terms) {
        if (one.sort) {
            branch.interval.narrow(interval_of(one));
            continue;
        }
        contradicted = contradicted || (!branch.partition.empty() && !equal(branch.partition, one.low));
        branch.partition = one.low;
    }
    if (contradicted) branch.partition = {};
}

Result<void> Branches::check_overlaps() {
    if (!keyed_ || too_many_) return {};
    std::erase_if(branches_,
                  [](const Branch& branch) { return branch.partition.empty() || branch.interval.is_empty(); });
    if (branches_.size() < 2) return {};
    std::ranges::stable_sort(branches_, [](const Branch& a, const Branch& b) {
        if (!equal(a.partition, b.partition)) return is_less(a.partition, b.partition);
        if (a.interval.low.empty() || b.interval.low.empty()) return !b.interval.low.empty();
        if (!equal(a.interval.low, b.interval.low)) return is_less(a.interval.low, b.interval.low);
        return !a.interval.low_open && b.interval.low_open;
    });
    // They ascend: behind one that begins past the end of another come no more that meet it.
    for (auto a = branches_.begin(); a != branches_.end(); ++a) {
        for (auto b = std::next(a); b != branches_.end() && equal(a->partition, b->partition); ++b) {
            if (!a->interval.meets(b->interval)) break;
            if (a->unsettled_sort || b->unsettled_sort) continue;
            return invalid("Overlapping conditions with range keys are not supported in where clause");
        }
    }
    merge_unions();
    return {};
}

// Where NOT of the sort key stands beside another branch, both are read as one: the whole partition, each row asked. So
// are then all branches of that partition.
void Branches::merge_unions() {
    std::vector<Branch> out;
    for (auto first = branches_.begin(); first != branches_.end();) {
        const auto end = std::find_if(first, branches_.end(),
                                      [&](const Branch& branch) { return !equal(branch.partition, first->partition); });
        const bool meet = std::adjacent_find(first, end, [](const Branch& a, const Branch& b) {
                              return a.interval.meets(b.interval);
                          }) != end;
        if (meet) {
            Branch whole;
            whole.partition = first->partition;
            whole.terms.push_back(KeyTerm{false, SortOperator::eq, whole.partition, {}});
            for (auto branch = first; branch != end; ++branch) {
                whole.filters.insert(whole.filters.end(), branch->filters.begin(), branch->filters.end());
            }
            out.push_back(std::move(whole));
        } else {
            std::move(first, end, std::back_inserter(out));
        }
        first = end;
    }
    branches_ = std::move(out);
}

Result<void> Branches::check_count() const {
    if (!keyed_ || (!too_many_ && branches_.size() <= reads_max)) return {};
    return invalid("Too many decomposed read operations for a given query.");
}

std::size_t Branches::partition_count() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
        count += i == 0 || !equal(branches_[i - 1].partition, branches_[i].partition);
    }
    return count;
}

std::optional<std::string> Branches::single_key() const {
    if (!keyed_ || too_many_ || branches_.size() != 1) return std::nullopt;
    const Branch& branch = branches_.front();
    const bool equals =
        std::ranges::all_of(branch.terms, [](const KeyTerm& one) { return one.comparison == SortOperator::eq; });
    if (!equals || !branch.filters.empty() || branch.partition.empty() || branch.interval.is_empty()) {
        return std::nullopt;
    }
    std::vector<storage::AttributeView> parts{{keys_.partition[0].name, branch.partition}};
    if (!keys_.sort.empty()) {
        if (branch.interval.low.empty()) return std::nullopt;
        parts.push_back({keys_.sort[0].name, branch.interval.low});
    }
    return encode(std::move(parts));
}

storage::KeyRange Branches::range(const Branch& branch) const {
    storage::KeyRange range;
    range.index = index_;
    const std::string partition = storage::encode({storage::AttributeView{keys_.partition[0].name, branch.partition}});
    range.partition = partition_hash(keys_, storage::ItemView(partition));
    const SortInterval& interval = branch.interval;
    if (!interval.low.empty()) range.sort_low = interval.low.encoded();
    if (!interval.low.empty() && !interval.high.empty()) {
        const bool one = equal(interval.low, interval.high);
        range.sort_operator = one ? SortOperator::eq : SortOperator::between;
        if (!one) range.sort_high = interval.high.encoded();
        range.low_open = interval.low_open;
        range.high_open = interval.high_open;
    } else if (!interval.low.empty()) {
        range.sort_operator = interval.low_open ? SortOperator::gt : SortOperator::ge;
    } else if (!interval.high.empty()) {
        range.sort_operator = interval.high_open ? SortOperator::lt : SortOperator::le;
        range.sort_low = interval.high.encoded();
    }
    return range;
}

std::vector<storage::KeyRange> Branches::ranges(bool partitions_down, bool sorts_down) const {
    std::vector<storage::KeyRange> out;
    if (branches_.size() == 1) {
        out.push_back(range(branches_.front()));
        out.back().forward = !sorts_down;
        return out;
    }
    std::vector<const Branch*> ordered;
    ordered.reserve(branches_.size());
    for (const Branch& branch : branches_) ordered.push_back(&branch);
    if (partitions_down) std::ranges::reverse(ordered);
    // Within each partition they now go the way of the partitions.
    for (auto first = ordered.begin(); partitions_down != sorts_down && first != ordered.end();) {
        const auto end = std::find_if(first, ordered.end(),
                                      [&](const Branch* one) { return !equal(one->partition, (*first)->partition); });
        std::reverse(first, end);
        first = end;
    }
    out.reserve(ordered.size());
    for (const Branch* branch : ordered) {
        out.push_back(range(*branch));
        out.back().forward = !sorts_down;
    }
    return out;
}

bool Branches::are_exact() const {
    return std::ranges::all_of(branches_, [](const Branch& branch) { return branch.filters.empty(); });
}

}  // namespace minamo
