// Threads on one store. Of most use under ThreadSanitizer.
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Runs on some threads until destroyed.
class Threads {
public:
    template <class Body>
    void run(int count, Body body) {
        for (int i = 0; i < count; ++i) {
            threads_.emplace_back([this, body, i] {
                while (!ended_) body(i);
            });
        }
    }
    void end() {
        ended_ = true;
        for (std::thread& thread : threads_) {
            if (thread.joinable()) thread.join();
        }
    }
    ~Threads() { end(); }

private:
    std::atomic<bool> ended_{false};
    std::vector<std::thread> threads_;
};

std::string account(int number, int balance) {
    return item({{"p", text(std::to_string(number))}, {"balance", storage::number(std::to_string(balance))}});
}

int balance_of(Transaction& transaction, const Table& table, int number) {
    const std::string row = get(transaction, table, account(number, 0));
    return std::stoi(ItemView(row).find("balance").number().to_string());
}

TEST_CASE("Concurrency: no reader sees half of a transaction", "[concurrency]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table", false));
    constexpr int accounts = 10;
    for (int i = 0; i < accounts; ++i) put(*store, table, account(i, 100));
    std::atomic<int> wrong{0};
    std::atomic<int> sums{0};
    Threads readers;
    readers.run(3, [&](int) {
        auto transaction = store->begin_read();
        int sum = 0;
        for (const std::string& row : rows(transaction, *transaction.find_table("table"), {})) {
            sum += std::stoi(ItemView(row).find("balance").number().to_string());
        }
        wrong += sum == 100 * accounts ? 0 : 1;
        ++sums;
    });
    Threads writers;
    writers.run(2, [&](int thread) {
        static thread_local unsigned step = 0;
        const int from = static_cast<int>((thread + ++step) % accounts);
        const int to = static_cast<int>((from + 1 + step % 5) % accounts);
        auto transaction = store->begin_write();
        put(transaction, table, account(from, balance_of(transaction, table, from) - 1));
        put(transaction, table, account(to, balance_of(transaction, table, to) + 1));
        if (step % 7 != 0) transaction.commit();
    });
    std::this_thread::sleep_for(milliseconds(300));
    writers.end();
    readers.end();
    CHECK(wrong == 0);
    CHECK(sums > 10);
}

TEST_CASE("Concurrency: scanning threads do not starve a writer", "[concurrency]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table", false));
    {
        auto transaction = store->begin_write();
        for (int i = 0; i < 2000; ++i) put(transaction, table, account(i, 0));
        transaction.commit();
    }
    std::atomic<int> scans{0};
    Threads scanning;
    scanning.run(2, [&](int) {
        auto transaction = store->begin_read();
        RangeCursor cursor(transaction, table, {});
        while (!cursor.next().empty()) {
        }
        ++scans;
    });
    while (scans < 2) std::this_thread::yield();
    Clock::duration longest{};
    for (int i = 0; i < 100; ++i) {
        const auto begin = Clock::now();
        put(*store, table, account(i, i));
        longest = std::max(longest, Clock::now() - begin);
    }
    scanning.end();
    CHECK(std::chrono::duration_cast<milliseconds>(longest).count() < 100);
}

TEST_CASE("Concurrency: a writer that never stops does not starve readers", "[concurrency]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table", false));
    put(*store, table, account(1, 0));
    Threads writing;
    writing.run(1, [&](int) {
        put(*store, table, account(1, 1));
        put(*store, table, account(1, 2));
    });
    const auto begin = Clock::now();
    int reads = 0;
    for (; reads < 20 && Clock::now() - begin < std::chrono::seconds(20); ++reads) {
        CHECK_FALSE(get(*store, table, account(1, 0)).empty());
    }
    CHECK(reads == 20);
}

TEST_CASE("Concurrency: the map grows under readers", "[concurrency]") {
    StoreOptions options;
    options.map_bytes = std::size_t{1} << 20;
    const auto store = open_store(options);
    const Table table = create(*store, simple_table("table", false));
    put(*store, table, account(0, 7));
    std::atomic<int> wrong{0};
    Threads readers;
    readers.run(2, [&](int) {
        auto transaction = store->begin_read();
        wrong += balance_of(transaction, table, 0) == 7 ? 0 : 1;
    });
    int grown = 0;
    for (int i = 1; i <= 300; ++i) {
        const std::string row = item({{"p", text(std::to_string(i))}, {"v", text(std::string(50000, 'v'))}});
        try {
            put(*store, table, row);
        } catch (const MapFull&) {
            store->grow();
            ++grown;
            --i;
        }
    }
    readers.end();
    CHECK(grown >= 2);  // to 16 MiB
    CHECK(wrong == 0);
}

TEST_CASE("Concurrency: more tables than stay open, under readers and writers", "[concurrency]") {
    const auto store = open_store();
    constexpr int tables = 200;
    for (int i = 0; i < tables; ++i) {
        put(*store, create(*store, simple_table(std::to_string(i), false)), account(i, i));
    }
    std::atomic<int> wrong{0};
    std::atomic<int> reads{0};
    // Two tables in one transaction, as a batch has them; what is outdated runs again.
    const auto read_two = [&](int first, int second) {
        for (;;) {
            try {
                auto transaction = store->begin_read();
                const Table* one = transaction.find_table(std::to_string(first));
                const Table* two = transaction.find_table(std::to_string(second));
                return balance_of(transaction, *one, first) % 1000 == first &&
                       balance_of(transaction, *two, second) % 1000 == second;
            } catch (const Outdated&) {  // what asks for no more than that
            }
        }
    };
    Threads threads;
    threads.run(2, [&](int thread) {
        static thread_local int step = 0;
        step += 17 + thread;
        wrong += read_two(step % tables, (step + 71) % tables) ? 0 : 1;
        ++reads;
    });
    threads.run(1, [&](int) {
        static thread_local int step = 0;
        const int number = ++step * 13 % tables;
        auto transaction = store->begin_write();
        put(transaction, *transaction.find_table(std::to_string(number)), account(number, number + 1000 * (step % 5)));
        transaction.commit();
    });
    const auto begin = Clock::now();
    while ((reads < 500 || Clock::now() - begin < milliseconds(300)) &&
           Clock::now() - begin < std::chrono::seconds(30)) {
        std::this_thread::sleep_for(milliseconds(5));
    }
    threads.end();
    CHECK(wrong == 0);
    CHECK(reads >= 500);
}

TEST_CASE("Concurrency: tables come and go under readers", "[concurrency]") {
    const auto store = open_store();
    std::atomic<int> wrong{0};
    Threads readers;
    readers.run(2, [&](int) {
        auto transaction = store->begin_read();
        const Table* table = transaction.find_table("table");
        if (table == nullptr) return;
        wrong += table->name == "table" && balance_of(transaction, *table, 1) == 1 ? 0 : 1;
    });
    for (int i = 0; i < 300; ++i) {
        auto transaction = store->begin_write();
        if (const Table* table = transaction.find_table("table")) {
            transaction.erase_table(*table);
        } else {
            put(transaction, transaction.put_table(simple_table("table", false)), account(1, 1));
        }
        transaction.commit();
    }
    readers.end();
    CHECK(wrong == 0);
}

}  // namespace
}  // namespace minamo::storage
