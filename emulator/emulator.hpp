// minamo: DynamoDB in this process. An Emulator is a world of its own: two in one process never meet.
//
//   minamo::Emulator emulator;
//   auto answer = emulator.call("ListTables", "{}");      // answer.body == {"TableNames":[]}
//   auto server = emulator.serve();                        // server.endpoint() == "http://127.0.0.1:49153"
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace minamo {

// Who calls. Each (account, region) is a namespace: tables of one are not seen in another.
struct Caller {
    std::string account = "000000000000";  // 12 digits; anything else is mapped to 12 digits of its own
    std::string region = "us-east-1";      // any name
};

struct Response {
    int status = 200;
    std::string type;  // of an error, e.g. "ResourceNotFoundException"; empty on success
    std::string body;  // JSON, as DynamoDB sends it
    bool ok() const { return status == 200; }
};

// Time as the emulator sees it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual std::chrono::system_clock::time_point now() = 0;
};

class SystemClock final : public Clock {
public:
    std::chrono::system_clock::time_point now() override;
};

// Stands still until the test moves it. Safe from any thread.
class ManualClock final : public Clock {
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
struct FellDue {
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

// What one call did, for a log.
struct CallRecord {
    std::string account;
    std::string region;
    std::string operation;
    std::string table;  // empty where the call names none or several
    double milliseconds = 0;
    int status = 200;
    std::string error_type;
    std::string error_message;
};

struct Options {
    std::string db_path;               // a folder; empty: in memory
    bool durable = false;              // on disk: fsync each commit
    std::size_t map_bytes = 0;         // address space a namespace begins with; it grows; 0: 1 MiB
    std::size_t memory_max_bytes = 0;  // of a namespace; 0: no limit
    // Durations are not negative; longer than 292 years is for ever.
    std::chrono::milliseconds create_table{0};  // how long tables stay CREATING
    std::chrono::milliseconds update_table{0};
    std::chrono::milliseconds delete_table{0};
    std::chrono::milliseconds ttl_delay{0};  // how long expired items stay until time to live deletes them
    unsigned stream_shards = 1;              // of a new stream
    bool shared_db = false;                  // one namespace for all callers
    bool envelope = true;                    // "1 validation error detected: " before request-level errors, as recent
                                             // deployments send it (conformance/behaviour/validation.md, section 3)
    std::shared_ptr<Clock> clock;            // null: SystemClock
    std::function<void(const CallRecord&)> on_call;     // called after each call, from its thread
    std::function<void(const std::string&)> on_notice;  // sentences for the user, such as hints; may be empty
};

// A key of one table, for Emulator::hold.
struct HeldKey {
    std::string table;
    std::string key;  // JSON, as a Key parameter: {"id":{"S":"a"}}
};

// Thrown by Emulator's constructor and by serve(): what() is one sentence that says what to do.
class StartError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Lists are separated by commas; "*" in one means all.
struct ServeOptions {
    std::string host;                // empty: 127.0.0.1 and ::1
    std::uint16_t port = 0;          // 0 picks one
    unsigned threads = 0;            // up to 256; 0: one per core
    std::string cors;                // origins whose pages may call; empty: "*"
    std::string allow_hosts;         // more names that the server goes by; those of loopback and addresses are known
    std::string control_origins;     // origins whose pages may use the control API, besides the server's own
    std::string control_token;       // with which other hosts than this one may use it: the header x-minamo-token
    bool control_anywhere = false;   // without a token: the control API for other hosts, too
    bool gives_memory_back = false;  // free memory of the whole process, to the system, a second after large requests
};

// A server on its own threads; its destructor stops it gracefully.
class Server {
public:
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    ~Server();
    std::uint16_t port() const;
    std::string endpoint() const;  // "http://127.0.0.1:8000"
    void stop();

private:
    friend class Emulator;
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class Namespace;

// The clock of one namespace: the emulator's Clock until it is moved, and seen by no other namespace. It never goes
// back. What time does (tables become ACTIVE, items expire, records are trimmed, ...) has been done when a call
// returns. A value; its Emulator must outlive it.
class VirtualClock {
public:
    std::chrono::system_clock::time_point now() const;
    bool frozen() const;
    double rate() const;

    // Throw std::invalid_argument, with a sentence, where the clock would go back, past the year 2261, or further than
    // 100 years at a time. Each member that changes the clock throws std::runtime_error, with a sentence, where the
    // store is too full for what has fallen due.
    FellDue advance(std::chrono::milliseconds duration);
    FellDue set(std::chrono::system_clock::time_point moment);
    // A frozen clock stands still but for advance() and set().
    FellDue freeze();
    FellDue unfreeze();
    // Seconds that pass in one second of the emulator's Clock. Throws std::invalid_argument unless it is over 0 and up
    // to 1,000,000.
    FellDue set_rate(double rate);

private:
    friend class Emulator;
    explicit VirtualClock(Namespace& space) : space_(&space) {}
    Namespace* space_;
};

class Emulator {
public:
    explicit Emulator(Options options = {});
    ~Emulator();
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;

    // One call of the API: `operation` is its name ("PutItem"), `json` the request body. Safe from any thread.
    Response call(std::string_view operation, std::string_view json, const Caller& caller = {});

    // Serves on HTTP until the Server is destroyed, which must happen before the Emulator is.
    Server serve(const ServeOptions& options = {});

    VirtualClock clock(const Caller& caller = {});

    // Drops all tables and streams, and gives clocks back their own course: of every namespace, or of one.
    void reset();
    void reset(const Caller& caller);

    // Stands for a foreign transaction in progress on these keys until the namespace's clock has passed `duration`.
    // Until then PutItem, UpdateItem and DeleteItem on such a key answer TransactionConflictException, transactions
    // that name one are cancelled with TransactionConflict, and a TransactWriteItems with `token` answers
    // TransactionInProgressException; other reads see nothing of it. Throws std::invalid_argument where a key is no
    // JSON of a Key or the duration is negative; then none is held.
    void hold(const std::vector<HeldKey>& keys, std::chrono::milliseconds duration, const std::string& token = {},
              const Caller& caller = {});

    struct State;
    State& state() { return *state_; }  // for minamo's own layers

private:
    std::unique_ptr<State> state_;
};

// "0.1.0"
std::string_view version();

}  // namespace minamo
