// All that changes hands is under one mutex; shares and jobs run without it. Only add() allocates: the pool's own
// threads move what is there from list to list, because nobody would catch what they throw.
#include "emulator/server/work_pool.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <system_error>
#include <utility>

#include "emulator/lifecycle.hpp"
#include "emulator/namespaces/namespaces.hpp"
#include "emulator/namespaces/visit.hpp"
#include "emulator/server/signals_blocked.hpp"

namespace minamo::server {
namespace {

constexpr std::chrono::seconds idle_time{2};

bool catch_up_share(Namespace& space) {
    return with_room(space, [&space] { return catch_up_some(Visit(space)); });
}

}  // namespace

WorkPool::WorkPool(std::size_t threads) : WorkPool(catch_up_share, threads) {}

WorkPool::WorkPool(Share share, std::size_t threads) : share_(std::move(share)), threads_most_(threads) {
    ended_.reserve(threads_most_);
}

bool WorkPool::add(Namespace* space, Job&& job) {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return true;
    join_ended();
    const bool new_turn = space == nullptr || !queues_.contains(space);
    if (new_turn && idle_ <= turns_.size() && threads_.size() < threads_most_) start_thread();
    if (threads_.empty()) return false;
    Turns turn(1);
    if (space == nullptr) {
        turn.front().job = std::move(job);
    } else {
        std::list<Job> last;
        last.push_back(std::move(job));
        std::list<Job>& queue = queues_[space];
        queue.splice(queue.end(), last);
        turn.front().space = space;
        if (new_turn) space->begin_work();
    }
    if (new_turn) turns_.splice(turns_.end(), turn);
    changed_.notify_one();
    return true;
}

// Where the system has no thread to give, those that there are do it.
void WorkPool::start_thread() {
    const SignalsBlocked blocked;
    try {
        threads_.emplace_back([this] { run_turns(); });
    } catch (const std::system_error&) {
    }
}

void WorkPool::join_ended() {
    for (const std::thread::id id : ended_) {
        const auto ended = std::ranges::find(threads_, id, &std::thread::get_id);
        if (ended == threads_.end()) continue;
        ended->join();
        threads_.erase(ended);
    }
    ended_.clear();
}

void WorkPool::run_turns() {
    const Interruptible interruptible(stopping_);
    Lock lock(mutex_);
    while (wait_for_turn(lock)) take_turn(lock);
    ended_.push_back(std::this_thread::get_id());
}

// False where the thread is not wanted any more.
bool WorkPool::wait_for_turn(Lock& lock) {
    ++idle_;
    changed_.wait_for(lock, idle_time, [this] { return stopping_ || next_turn() != turns_.end(); });
    --idle_;
    return !stopping_ && next_turn() != turns_.end();
}

WorkPool::Turns::iterator WorkPool::next_turn() {
    if (free_running_ < free_jobs_max) return turns_.begin();
    return std::ranges::find_if(turns_, [](const Turn& turn) { return turn.space != nullptr; });
}

void WorkPool::take_turn(Lock& lock) {
    Turns turn;
    turn.splice(turn.end(), turns_, next_turn());
    Namespace* const space = turn.front().space;
    if (space == nullptr) return run_free(std::move(turn.front().job), lock);
    if (go_on(*space, lock)) turns_.splice(turns_.end(), turn);
}

void WorkPool::run_free(Job job, Lock& lock) {
    ++free_running_;
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
    --free_running_;
    changed_.notify_one();  // one that could not have its turn for this one
}

// A share of what is due in it, or else its jobs. Whether there is more.
bool WorkPool::go_on(Namespace& space, Lock& lock) {
    lock.unlock();
    bool caught_up = true;
    try {
        caught_up = share_(space);
    } catch (const std::exception&) {  // the jobs will meet it, too, and have an answer for it
    }
    lock.lock();
    if (!caught_up) return true;
    std::list<Job>& queue = queues_.find(&space)->second;
    run_jobs(queue, lock);
    if (!queue.empty()) return true;
    queues_.erase(&space);
    space.end_work();
    return false;
}

// What is left when the pool stops goes back: stop() drops it, so that what jobs hold is let go by one thread.
void WorkPool::run_jobs(std::list<Job>& queue, Lock& lock) {
    std::list<Job> jobs;
    jobs.swap(queue);
    lock.unlock();
    for (; !jobs.empty() && !stopping_; jobs.pop_front()) jobs.front()();
    lock.lock();
    queue.splice(queue.begin(), jobs);
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
    Turns free;
    std::unordered_map<Namespace*, std::list<Job>> dropped;
    const std::scoped_lock lock(mutex_);
    free.swap(turns_);
    dropped.swap(queues_);
    for (const auto& [space, queue] : dropped) space->end_work();
}

std::size_t WorkPool::thread_count() {
    const std::scoped_lock lock(mutex_);
    join_ended();
    return threads_.size();
}

}  // namespace minamo::server
