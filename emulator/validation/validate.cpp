// The stages of validation. The members of the body are sorted into the order of the input's shape once; each stage
// then walks them in that order.
#include "emulator/validation/validate.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "emulator/validation/constraints.hpp"
#include "emulator/validation/types.hpp"

namespace minamo {
namespace {

using api::Field;
using json::Value;

// The members of a body, in the order of its shape; null where absent.
class Members {
public:
    Members(const api::Shape& input, const Value& body) : fields_(input.fields) {
        for (const auto& member : body.GetObject()) {
            const Field* field = find_field(input, json::text(member.name));
            if (field != nullptr) given_[place_of(*field)] = member.value.IsNull() ? nullptr : &member.value;
        }
    }

    std::span<const Field> fields() const { return fields_; }
    const Value* operator[](const Field& field) const { return given_[place_of(field)]; }

private:
    std::size_t place_of(const Field& field) const { return static_cast<std::size_t>(&field - fields_.data()); }

    std::span<const Field> fields_;
    std::array<const Value*, api::fields_max> given_{};
};

// The sentence for a member that is absent or too large, where it has one for that.
std::string_view common_sentence(const Field& field, const Value* given) {
    if (given == nullptr) return field.required ? field.sentences->absent : std::string_view{};
    if (!field.sentences->above.empty() && !maximum_holds(*field.shape, *given)) return field.sentences->above;
    return {};
}

bool is_empty(const Value& value) {
    return value.IsString() ? value.GetStringLength() == 0 : value.IsObject() && value.ObjectEmpty();
}

// The sentence that only one of the two kinds of deployments has.
std::string_view deployment_sentence(const Field& field, const Value& given, Deployment deployment) {
    const api::Sentences& said = *field.sentences;
    if (deployment == Deployment::classic) return is_empty(given) ? said.classic_empty : std::string_view{};
    if (!said.empty.empty() && is_empty(given)) return said.empty;
    return !said.unlisted.empty() && !is_listed(*field.shape, given) ? said.unlisted : std::string_view{};
}

// A sentence that all deployments have comes before any other. Recent ones have none of their own where a member is
// absent.
Result<void> check_sentences(const Members& members, Deployment deployment) {
    std::string_view own;
    for (const Field& field : members.fields()) {
        if (field.sentences == nullptr) continue;
        const Value* given = members[field];
        const std::string_view said = common_sentence(field, given);
        if (!said.empty()) return invalid(std::string(said));
        if (own.empty() && given != nullptr) own = deployment_sentence(field, *given, deployment);
    }
    if (own.empty()) return {};
    const auto absent = [&](const Field& field) { return field.required && members[field] == nullptr; };
    if (deployment == Deployment::recent && std::ranges::any_of(members.fields(), absent)) return {};
    return invalid(std::string(own));
}

Result<void> check_constraints(const Members& members, bool everywhere) {
    ConstraintCheck constraints(everywhere);
    for (const Field& field : members.fields()) constraints.check_member(field, members[field]);
    if (constraints.passed()) return {};
    return invalid(constraints.message());
}

Result<void> check_refused(const api::Operation& operation, const Members& members) {
    for (const Field& field : members.fields()) {
        if (field.support != api::refused || members[field] == nullptr) continue;
        return invalid(std::string(field.name).append(" of ").append(operation.name) +
                       " is not built in this version of minamo.");
    }
    return {};
}

}  // namespace

Result<void> validate(const api::Operation& operation, const Value& body, Deployment deployment) {
    const Members members(*operation.input, body);
    TypeCheck types;
    for (const Field& field : members.fields()) {
        const Value* given = members[field];
        if (given == nullptr || types.accepts(*field.shape, *given)) continue;
        return fail(ErrorKind::serialization, types.fault());
    }
    TRY(check_sentences(members, deployment));
    TRY(check_constraints(members, types.saw_null_element()));
    return check_refused(operation, members);
}

}  // namespace minamo
