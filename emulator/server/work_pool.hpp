// Threads for calls that take long, so that those which serve connections never do.
//
// The calls of one namespace wait in one queue, behind what its clock has made due: that is done a share at a time, and
// between two shares it is the other namespaces' turn. So a namespace takes one thread at most, and a slow one none for
// long. Calls that are about no namespace, or need nothing of what is due in theirs, wait for nobody; so many of them
// at a time leave threads to the others. Threads come as they are needed, and go when they have had nothing to do for a
// while.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace minamo {
class Namespace;
}

namespace minamo::server {

class WorkPool {
public:
    static constexpr std::size_t threads_max = 8;
    static constexpr std::size_t free_jobs_max = threads_max / 2;  // that run at a time

    // Does not throw: there is nobody to catch it.
    using Job = std::function<void()>;
    // Does a share of what is due in a namespace. False where there is more.
    using Share = std::function<bool(Namespace&)>;

    // With catch_up_some(), and `threads` at most.
    explicit WorkPool(std::size_t threads = threads_max);
    explicit WorkPool(Share share, std::size_t threads = threads_max);
    ~WorkPool() { stop(); }
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    // Runs the job when `space` has been caught up with, and after those that wait for it already. Null: it is free,
    // and runs beside all others. After stop() it is dropped. False, with the job where it was, where there is no
    // thread.
    [[nodiscard]] bool add(Namespace* space, Job&& job);
    // Ends what runs between two shares, drops what waits, and returns when all threads have ended.
    void stop();

    std::size_t thread_count();

private:
    // A namespace's, or a free job's.
    struct Turn {
        Namespace* space = nullptr;
        Job job;
    };
    using Turns = std::list<Turn>;
    using Lock = std::unique_lock<std::mutex>;

    void run_turns();
    bool wait_for_turn(Lock& lock);
    Turns::iterator next_turn();
    void take_turn(Lock& lock);
    void run_free(Job job, Lock& lock);
    bool go_on(Namespace& space, Lock& lock);
    void run_jobs(std::list<Job>& queue, Lock& lock);
    void start_thread();
    void join_ended();

    const Share share_;
    const std::size_t threads_most_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<Namespace*, std::list<Job>> queues_;
    Turns turns_;  // that no thread is at
    std::size_t free_running_ = 0;
    std::list<std::thread> threads_;
    std::vector<std::thread::id> ended_;
    std::size_t idle_ = 0;
    std::atomic<bool> stopping_{false};
};

}  // namespace minamo::server
