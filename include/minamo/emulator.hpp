// minamo: DynamoDB in this process. An Emulator is a world of its own: two in one process never meet.
//
//   minamo::Emulator emulator;
//   auto answer = emulator.call("ListTables", "{}");      // answer.body == {"TableNames":[]}
//   auto server = emulator.serve();                        // server.endpoint() == "http://127.0.0.1:49153"
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "minamo/clock.hpp"
#include "minamo/options.hpp"
#include "minamo/version.hpp"
#include "minamo/visibility.hpp"

namespace minamo {

// A server on its own threads; its destructor stops it gracefully.
class MINAMO_API Server {
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
struct World;

// The clock of one namespace: the emulator's Clock until it is moved, and seen by no other namespace. It never goes
// back. What time does (tables become ACTIVE, items expire, records are trimmed, ...) has been done when a call
// returns. A value; its Emulator must outlive it.
class MINAMO_API VirtualClock {
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

class MINAMO_API Emulator {
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

    // A control call: `call` is what follows /_minamo/ ("clock", or "clock?all" for all namespaces), `json` its body.
    // Without a body what can be read is read. Where `call` names nobody, `caller` is meant. What cannot be done has a
    // status of 400 or more and a body of {"error":"..."}.
    Response control(std::string_view call, std::string_view json = {}, const Caller& caller = {});

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

    World& world() { return *world_; }  // for minamo's own layers

private:
    std::unique_ptr<World> world_;
};

}  // namespace minamo
