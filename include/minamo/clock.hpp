// Time as users give it to an emulator, and what came to pass by it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "minamo/visibility.hpp"

namespace minamo {

// Moments in milliseconds since the epoch, and back.
MINAMO_API std::int64_t milliseconds_of(std::chrono::system_clock::time_point moment);
MINAMO_API std::chrono::system_clock::time_point moment_of(std::int64_t milliseconds);

// Time as the emulator sees it.
class MINAMO_API Clock {
public:
    virtual ~Clock() = default;
    virtual std::chrono::system_clock::time_point now() = 0;
};

class MINAMO_API SystemClock final : public Clock {
public:
    std::chrono::system_clock::time_point now() override;
};

// Stands still until the test moves it. Safe from any thread.
class MINAMO_API ManualClock final : public Clock {
public:
    // Members that set the time throw std::invalid_argument where it would go back, or past the year 2261.
    explicit ManualClock(std::chrono::system_clock::time_point start);
    std::chrono::system_clock::time_point now() override;
    void advance(std::chrono::milliseconds duration);
    void set(std::chrono::system_clock::time_point moment);

private:
    std::atomic<std::int64_t> milliseconds_;
};

// What came to pass by a move of a clock: what no call before had brought about.
struct MINAMO_API FellDue {
    struct Change {
        std::string table;
        std::string index;   // empty where the table itself changed
        std::string status;  // "ACTIVE" or "DELETED"
    };
    std::vector<Change> tables;
    std::vector<Change> indexes;                           // "ACTIVE" when a backfill has ended
    std::map<std::string, std::uint64_t> expired_items;    // by table: deleted by time to live
    std::map<std::string, std::uint64_t> trimmed_records;  // by table: stream records older than 24 hours
    std::map<std::string, std::uint64_t> rolled_shards;    // by table: shards closed after 4 hours
    std::uint64_t expired_iterators = 0;                   // shard iterators, 15 minutes after they were issued
    std::uint64_t expired_tokens = 0;                      // of transactions, after 10 minutes

    void add(const FellDue& later);
};

}  // namespace minamo
