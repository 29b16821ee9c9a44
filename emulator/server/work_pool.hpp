// Threads for calls that take long, so that those which serve connections never do.
//
// The calls of one namespace wait in one queue, behind what its clock has made due: that is done a share at a time, and
// between two shares it is the other namespaces' turn. So a namespace takes one thread at most, and a slow one none for
// long. Threads come as they are needed, up to threads_max, and go when they have had nothing to do for a while.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
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

    using Job = std::function<void()>;
    // Does a share of what is due in a namespace. False where there is more.
    using Share = std::function<bool(Namespace&)>;

    WorkPool();  // with catch_up_some()
    explicit WorkPool(Share share);
    ~WorkPool() { stop(); }
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    // Runs the job when `space` has been caught up with, and after those that wait for it already. Null: when its turn
    // comes. After stop() it is dropped.
    void add(Namespace* space, Job job);
    // Ends what runs between two shares, drops what waits, and returns when all threads have ended.
    void stop();

    std::size_t thread_count();

private:
    struct Queue {
        std::deque<Job> jobs;
    };

    void run();
    bool wait_for_turn(std::unique_lock<std::mutex>& lock);
    void take_turn(std::unique_lock<std::mutex>& lock);
    void start_thread();
    void join_ended();

    const Share share_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<Namespace*, Queue> queues_;
    std::deque<Namespace*> turns_;  // of queues that no thread is at
    std::list<std::thread> threads_;
    std::vector<std::thread::id> ended_;
    std::size_t idle_ = 0;
    std::atomic<bool> stopping_{false};
};

}  // namespace minamo::server
