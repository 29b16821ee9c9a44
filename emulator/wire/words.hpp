// The API's words for what is an enum here, each word once: word_of(value) is what an answer says,
// from_word<Enum>(text) what a request means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/schema.hpp"
#include "storage/stream.hpp"

namespace minamo {

// Of what is switched on and off, which may take its time: streams, time to live, encryption, backups.
enum class SwitchStatus : std::uint8_t { enabling, enabled, disabling, disabled };
constexpr SwitchStatus switch_status(bool on, bool settled) {
    if (on) return settled ? SwitchStatus::enabled : SwitchStatus::enabling;
    return settled ? SwitchStatus::disabled : SwitchStatus::disabling;
}

enum class BillingMode : std::uint8_t { provisioned, pay_per_request };

enum class KeyType : std::uint8_t { partition, sort };

// Which attributes a write answers, or shows where its condition fails.
enum class ReturnValues : std::uint8_t { none, all_old, all_new, updated_old, updated_new };

// What an answer shows of each item.
enum class Select : std::uint8_t { all_attributes, projected_attributes, specific_attributes, count };

// The Action of an AttributeUpdates member.
enum class AttributeAction : std::uint8_t { put, add, remove };

// From where GetShardIterator reads on.
enum class IteratorType : std::uint8_t { oldest, newest, at_sequence, after_sequence, at_moment };

template <class Enum>
struct Word {
    Enum value;
    std::string_view text;
};

// The words of each enum: an array of Word<Enum>.
template <class Enum>
inline constexpr std::nullptr_t words = nullptr;

// clang-format off
template <>
inline constexpr Word<storage::TableStatus> words<storage::TableStatus>[] = {
    {storage::TableStatus::creating, "CREATING"},
    {storage::TableStatus::updating, "UPDATING"},
    {storage::TableStatus::deleting, "DELETING"},
    {storage::TableStatus::active,   "ACTIVE"},
};
template <>
inline constexpr Word<storage::IndexStatus> words<storage::IndexStatus>[] = {
    {storage::IndexStatus::creating, "CREATING"},
    {storage::IndexStatus::updating, "UPDATING"},
    {storage::IndexStatus::deleting, "DELETING"},
    {storage::IndexStatus::active,   "ACTIVE"},
};
template <>
inline constexpr Word<storage::Projection> words<storage::Projection>[] = {
    {storage::Projection::keys_only, "KEYS_ONLY"},
    {storage::Projection::include,   "INCLUDE"},
    {storage::Projection::all,       "ALL"},
};
template <>
inline constexpr Word<storage::StreamView> words<storage::StreamView>[] = {
    {storage::StreamView::keys_only,          "KEYS_ONLY"},
    {storage::StreamView::new_image,          "NEW_IMAGE"},
    {storage::StreamView::old_image,          "OLD_IMAGE"},
    {storage::StreamView::new_and_old_images, "NEW_AND_OLD_IMAGES"},
};
template <>
inline constexpr Word<storage::RecordEvent> words<storage::RecordEvent>[] = {
    {storage::RecordEvent::insert, "INSERT"},
    {storage::RecordEvent::modify, "MODIFY"},
    {storage::RecordEvent::remove, "REMOVE"},
};
template <>
inline constexpr Word<SwitchStatus> words<SwitchStatus>[] = {
    {SwitchStatus::enabling,  "ENABLING"},
    {SwitchStatus::enabled,   "ENABLED"},
    {SwitchStatus::disabling, "DISABLING"},
    {SwitchStatus::disabled,  "DISABLED"},
};
template <>
inline constexpr Word<BillingMode> words<BillingMode>[] = {
    {BillingMode::provisioned,     "PROVISIONED"},
    {BillingMode::pay_per_request, "PAY_PER_REQUEST"},
};
template <>
inline constexpr Word<KeyType> words<KeyType>[] = {
    {KeyType::partition, "HASH"},
    {KeyType::sort,      "RANGE"},
};
template <>
inline constexpr Word<ReturnValues> words<ReturnValues>[] = {
    {ReturnValues::none,        "NONE"},
    {ReturnValues::all_old,     "ALL_OLD"},
    {ReturnValues::all_new,     "ALL_NEW"},
    {ReturnValues::updated_old, "UPDATED_OLD"},
    {ReturnValues::updated_new, "UPDATED_NEW"},
};
template <>
inline constexpr Word<Select> words<Select>[] = {
    {Select::all_attributes,       "ALL_ATTRIBUTES"},
    {Select::projected_attributes, "ALL_PROJECTED_ATTRIBUTES"},
    {Select::specific_attributes,  "SPECIFIC_ATTRIBUTES"},
    {Select::count,                "COUNT"},
};
template <>
inline constexpr Word<AttributeAction> words<AttributeAction>[] = {
    {AttributeAction::put,    "PUT"},
    {AttributeAction::add,    "ADD"},
    {AttributeAction::remove, "DELETE"},
};
template <>
inline constexpr Word<IteratorType> words<IteratorType>[] = {
    {IteratorType::oldest,         "TRIM_HORIZON"},
    {IteratorType::newest,         "LATEST"},
    {IteratorType::at_sequence,    "AT_SEQUENCE_NUMBER"},
    {IteratorType::after_sequence, "AFTER_SEQUENCE_NUMBER"},
    {IteratorType::at_moment,      "AT_TIMESTAMP"},
};
// clang-format on

template <class Enum>
constexpr std::string_view word_of(Enum value) {
    for (const auto& row : words<Enum>) {
        if (row.value == value) return row.text;
    }
    return {};
}

// Nothing where there is no such word.
template <class Enum>
constexpr std::optional<Enum> from_word(std::string_view text) {
    for (const auto& row : words<Enum>) {
        if (row.text == text) return row.value;
    }
    return std::nullopt;
}

}  // namespace minamo
