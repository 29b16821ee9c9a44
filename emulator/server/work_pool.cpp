// All that changes hands is under one mutex; shares and jobs run without it.
#include "emulator/server/work_pool.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <system_error>
#include <utility>

#include "emulator/lifecycle.hpp"
#include "emulator/namespaces.hpp"
#include "emulator/server/signals_blocked.hpp"

namespace minamo::server {
namespace {

constexpr std::chrono::seconds idle_time{2};

bool catch_up_share(Namespace& space) {
    return with_room(space, [&space] { return catch_up_some(Visit(space)); });
}

}  // namespace

WorkPool::WorkPool() : WorkPool(catch_up_share) {}

WorkPool::WorkPool(Share share) : share_(std::move(share)) {}

void WorkPool::add(Namespace* space, Job job) {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return;
    join_ended();
    const auto [queue, is_new] = queues_.try_emplace(space);
    queue->second.jobs.push_back(std::move(job));
    if (is_new) {
        if (space != nullptr) space->begin_work();
        turns_.push_back(space);
    }
    if (idle_ < turns_.size() && threads_.size() < threads_max) start_thread();
    changed_.notify_one();
}

// Where the system has no thread to give, those that there are do it, or one that the next job gets.
void WorkPool::start_thread() {
    const SignalsBlocked blocked;
    try {
        threads_.emplace_back([this] { run(); });
    } catch (const std::system_error&) {
    }
}

void WorkPool::join_ended() {
    for (const std::thread::id id : std::exchange(ended_, {})) {
        const auto ended = std::ranges::find(threads_, id, &std::thread::get_id);
        if (ended == threads_.end()) continue;
        ended->join();
        threads_.erase(ended);
    }
}

void WorkPool::run() {
    const Interruptible interruptible(stopping_);
    std::unique_lock lock(mutex_);
    while (wait_for_turn(lock)) take_turn(lock);
    ended_.push_back(std::this_thread::get_id());
}

// False where the thread is not wanted any more.
bool WorkPool::wait_for_turn(std::unique_lock<std::mutex>& lock) {
    ++idle_;
    changed_.wait_for(lock, idle_time, [this] { return stopping_ || !turns_.empty(); });
    --idle_;
    return !stopping_ && !turns_.empty();
}

void WorkPool::take_turn(std::unique_lock<std::mutex>& lock) {
    Namespace* const space = turns_.front();
    turns_.pop_front();
    lock.unlock();
    bool caught_up = true;
    try {
        caught_up = space == nullptr || share_(*space);
    } catch (const std::exception&) {  // the jobs will meet it, too, and have an answer for it
    }
    lock.lock();
    if (caught_up) {
        std::deque<Job> jobs = std::exchange(queues_[space].jobs, {});
        lock.unlock();
        for (; !jobs.empty() && !stopping_; jobs.pop_front()) jobs.front()();
        jobs.clear();
        lock.lock();
    }
    if (caught_up && queues_[space].jobs.empty()) {
        queues_.erase(space);
        if (space != nullptr) space->end_work();
    } else {
        turns_.push_back(space);
    }
}

void WorkPool::stop() {
    std::list<std::thread> threads;
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        threads.swap(threads_);
        ended_.clear();
        changed_.notify_all();
    }
    for (std::thread& thread : threads) thread.join();
    std::unordered_map<Namespace*, Queue> dropped;
    const std::scoped_lock lock(mutex_);
    dropped.swap(queues_);
    turns_.clear();
    for (const auto& [space, queue] : dropped) {
        if (space != nullptr) space->end_work();
    }
}

std::size_t WorkPool::thread_count() {
    const std::scoped_lock lock(mutex_);
    join_ended();
    return threads_.size();
}

}  // namespace minamo::server
