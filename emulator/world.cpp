// Stores of the first format journaled nothing: their streams are opened here, once all stores are.
#include "emulator/world.hpp"

#include <pthread.h>

#include <atomic>
#include <new>
#include <utility>

#include "emulator/namespaces/visit.hpp"
#include "emulator/streams/table_streams.hpp"

namespace minamo {
namespace {

// Counted in each child: to ask the system for a process's number would be a twentieth of what a read costs.
std::atomic<long> forks{0};

}  // namespace

World::World(Options given)
    : options(std::move(given)),
      clock(options.clock ? options.clock : std::make_shared<SystemClock>()),
      process(current_process()),
      namespaces(*this, options, *clock) {
    for (Namespace* space : namespaces.with_stores()) {
        with_room(*space, [&] {
            const Visit visit(*space);
            return visit.write([&](storage::WriteTransaction* transaction) -> Result<void> {
                open_missing_streams(*transaction, options.stream_shards, visit.now_ms());
                return {};
            });
        });
    }
}

long World::current_process() {
    static const int fault = ::pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); });
    if (fault != 0) throw std::bad_alloc();
    return forks.load(std::memory_order_relaxed);
}

}  // namespace minamo
