// Stores in files: what opens, what is refused and left as it was, and what survives.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include "storage/lmdb.hpp"
#include "storage/store_state.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

namespace files = std::filesystem;

// The sentence with which the store is refused; empty where it opens.
std::string refusal(const StoreOptions& options) {
    const auto store = Store::open(options);
    return store ? std::string{} : store.error().message;
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& entry : files::directory_iterator(folder)) out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
}

std::string numbered(int i, std::string_view part) {
    return item({{"p", text(std::to_string(i))}, {"s", text(part)}, {"i", number(std::to_string(i))}});
}

TEST_CASE("Disk: everything is there when the store is opened again", "[disk]") {
    const TemporaryFolder folder;
    for (const bool durable : {false, true}) {
        StoreOptions options = at(folder.file(durable ? "durable" : "plain"));
        options.durable = durable;
        Table table = simple_table("table");
        add_index(table, "index", IndexKind::global, {{"i", Type::N}}, {});
        {
            const auto store = open_store(options);
            table = create(*store, table);
            create(*store, simple_table("erased"));
            auto transaction = store->begin_write();
            for (int i = 0; i < 100; ++i) put(transaction, table, numbered(i, "a"));
            transaction.erase_table(*transaction.find_table("erased"));
            transaction.set_named_row("name", "text");
            transaction.add_due(5, "event");
            transaction.commit();
        }
        const auto store = open_store(options);
        CHECK(create(*store, simple_table("later")).number > table.number + 1);
        auto transaction = store->begin_read();
        CHECK(transaction.table_names({}, 9) == std::vector<std::string>{"later", "table"});
        REQUIRE(transaction.find_table("table") != nullptr);
        CHECK(*transaction.find_table("table") == table);
        CHECK(transaction.find_table("erased") == nullptr);
        CHECK(get(transaction, table, numbered(7, "a")) == numbered(7, "a"));
        CHECK(transaction.counters(table, 0).items == 100);
        CHECK(transaction.counters(table, 1).items == 100);
        CHECK(
            rows(transaction, table, of_partition(table.indexes[0].keys, numbered(3, "a"), &table.indexes[0])).size() ==
            1);
        CHECK(transaction.named_row("name") == "text");
        CHECK(transaction.first_due(5)->event == "event");
    }
}

TEST_CASE("Disk: more tables than stay open are there when the store is opened again", "[disk]") {
    const TemporaryFolder folder;
    constexpr int count = 150;
    {
        const auto store = open_store(at(folder.file("store")));
        for (int i = 0; i < count; ++i) put(*store, create(*store, simple_table(std::to_string(i))), numbered(i, "a"));
    }
    const auto store = open_store(at(folder.file("store")));
    for (int i = 0; i < count; ++i) {
        auto transaction = store->begin_read();
        const Table* table = transaction.find_table(std::to_string(i));
        REQUIRE(table != nullptr);
        REQUIRE(get(transaction, *table, numbered(i, "a")) == numbered(i, "a"));
    }
}

TEST_CASE("Disk: a file takes the room of its rows, not of its map", "[disk]") {
    const TemporaryFolder folder;
    const auto store = open_store(at(folder.file("store")));
    put(*store, create(*store, simple_table("table")), numbered(1, "a"));
    CHECK(files::file_size(folder.file("store")) < 200000);
}

TEST_CASE("Disk: a full map grows", "[disk]") {
    const TemporaryFolder folder;
    StoreOptions options = at(folder.file("store"));
    options.map_bytes = std::size_t{1} << 20;
    Table table;
    {
        const auto store = open_store(options);
        table = create(*store, simple_table("table"));
        const std::string large = item({{"p", text("1")}, {"s", text("1")}, {"v", text(std::string(390000, 'v'))}});
        put(*store, table, large);
        put(*store, table, numbered(1, "a"));
        bool full = false;
        for (int i = 2; i < 12; ++i) {
            const std::string row =
                item({{"p", text(std::to_string(i))}, {"s", text("1")}, {"v", text(std::string(390000, 'v'))}});
            try {
                put(*store, table, row);
            } catch (const MapFull&) {
                full = true;
                store->grow();
                --i;
            }
        }
        CHECK(full);
    }
    const auto store = open_store(options);  // a map smaller than the file
    CHECK(store->begin_read().counters(table, 0).items == 12);
}

TEST_CASE("Disk: a file that is not a store is refused and left as it was", "[disk]") {
    const std::string contents[] = {
        "x",
        "some text of no length at all, or a little more\n",
        std::string(4096, '\0'),
        std::string(100000, 'x'),
        "SQLite format 3" + std::string(8177, '\0'),
    };
    for (const std::string& before : contents) {
        const TemporaryFolder folder;
        const std::string path = folder.file("file");
        std::ofstream(path, std::ios::binary) << before;
        CHECK(refusal(at(path)) == "The file " + path + " is not a store of minamo: name another, or move it away.");
        CHECK(content(path) == before);
        CHECK(names_in(folder.path()) == std::vector<std::string>{"file"});
    }
}

// An LMDB file with a row of `meta`, or without the tree where `header` is empty.
std::string lmdb_file(const std::string& path, std::string_view key, std::string_view header) {
    lmdb::EnvironmentOptions options;
    options.path = path;
    options.map_bytes = std::size_t{1} << 20;
    const auto environment = lmdb::Environment::open(options);
    REQUIRE(environment);
    lmdb::Transaction transaction(**environment, lmdb::Access::write);
    transaction.put(transaction.open(header.empty() ? "other" : "meta", true), key, header.empty() ? "row" : header);
    transaction.commit();
    return content(path);
}

TEST_CASE("Disk: LMDB files of others are refused and left as they were", "[disk]") {
    struct Case {
        std::string_view key, header;
    };
    const Case cases[] = {
        {"key", ""},
        {"key", "value"},
        {header_name, "other 1"},
        {header_name, "minamo"},
        {header_name, "minamo "},
        {header_name, "minamo one"},
        {header_name, "minamo 1x"},
    };
    for (const Case& c : cases) {
        const TemporaryFolder folder;
        const std::string path = folder.file("file");
        const std::string before = lmdb_file(path, c.key, c.header);
        INFO(c.header);
        CHECK(refusal(at(path)) == "The file " + path + " is not a store of minamo: name another, or move it away.");
        CHECK(content(path) == before);
        CHECK(names_in(folder.path()) == std::vector<std::string>{"file"});
    }
}

TEST_CASE("Disk: a newer format is refused and left as it was", "[disk]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("file");
    const std::string before = lmdb_file(path, header_name, "minamo 3");
    CHECK(refusal(at(path)) == "The store " + path +
                                   " was written by a newer version of minamo (format 3, this one reads 2): "
                                   "use that version, or name another file.");
    CHECK(content(path) == before);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"file"});
}

TEST_CASE("Disk: an empty file, and what a killed process left of a new one, become stores", "[disk]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    std::ofstream(path).flush();
    std::ofstream(path + ".new") << "half of a store";
    {
        const auto store = open_store(at(path));
        create(*store, simple_table("table"));
    }
    CHECK(open_store(at(path))->begin_read().find_table("table") != nullptr);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"store", "store.lock"});
}

TEST_CASE("Disk: a second opening is refused, in this process or another", "[disk]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    const std::string sentence = "The store " + path +
                                 " is in use already, by another process or another emulator of this one: end that "
                                 "one, or name another.";
    {
        const auto store = open_store(at(path));
        CHECK(refusal(at(path)) == sentence);
        CHECK(in_child([&] { return refusal(at(path)) == sentence ? 0 : 1; }) == 0);
        put(*store, create(*store, simple_table("table")), numbered(1, "a"));
    }
    CHECK(refusal(at(path)).empty());
}

TEST_CASE("Disk: places where no store can be are refused in a sentence", "[disk]") {
    const TemporaryFolder folder;
    std::ofstream(folder.file("file")) << "x";
    const auto folder_is_missing = folder.file("missing/store");
    CHECK(refusal(at(folder_is_missing)) ==
          "The store " + folder_is_missing + " cannot be opened (" + folder_is_missing +
              ".lock: No such file or directory): name a folder that is there and can be written to.");
    const auto folder_is_file = folder.file("file/store");
    CHECK(refusal(at(folder_is_file)) ==
          "The store " + folder_is_file + " cannot be opened (" + folder_is_file +
              ".lock: Not a directory): name a folder that is there and can be written to.");
    files::create_directory(folder.file("folder"));
    CHECK(refusal(at(folder.file("folder"))) ==
          "The file " + folder.file("folder") + " is not a store of minamo: name another, or move it away.");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"file", "folder"});
}

TEST_CASE("Disk: a folder without the right to write is refused and left as it was", "[disk]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    files::permissions(folder.path(), files::perms::owner_read | files::perms::owner_exec | files::perms::group_read |
                                          files::perms::group_exec | files::perms::others_read |
                                          files::perms::others_exec);
    const int result = in_child([&] {
        if (geteuid() == 0 && seteuid(65534) != 0) return 2;  // root may write everywhere
        return refusal(at(path)) == "The store " + path + " cannot be opened (" + path +
                                        ".lock: Permission denied): name a folder that is there and can be written to."
                   ? 0
                   : 1;
    });
    CHECK(result == 0);
    CHECK(names_in(folder.path()).empty());
    files::permissions(folder.path(), files::perms::owner_all);
}

// Writes pairs of rows, each pair in one transaction, and tells each that is committed, until it is killed.
[[noreturn]] void write_until_killed(const std::string& path, int first, int out) {
    auto store = Store::open(at(path));
    if (!store) _exit(1);
    for (int i = first;; ++i) {
        auto transaction = (*store)->begin_write();
        const Table* found = transaction.find_table("table");
        const Table table = found != nullptr ? *found : transaction.put_table(simple_table("table"));
        put(transaction, table, numbered(i, "a"));
        put(transaction, table, numbered(i, "b"));
        transaction.commit();
        if (::write(out, &i, sizeof i) != sizeof i) _exit(2);
    }
}

// The last number that a child acknowledges, which is killed after `lifetime`, counted from its first acknowledgement
// or from its very beginning; first - 1 if none.
int last_acknowledged(const std::string& path, int first, std::chrono::microseconds lifetime, bool from_first) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write_until_killed(path, first, ends[1]);
    }
    close(ends[1]);
    int last = first - 1;
    int number = 0;
    const auto read_one = [&] { return read(ends[0], &number, sizeof number) == sizeof number; };
    if (from_first && read_one()) last = number;
    std::thread killer([&] {
        std::this_thread::sleep_for(lifetime);
        kill(child, SIGKILL);
    });
    while (read_one()) last = number;
    killer.join();
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    return last;
}

// How many pairs there are: 0, 1, 2 and so on, each whole.
int pairs(Transaction& transaction, const Table& table) {
    std::vector<int> parts;
    RangeCursor cursor(transaction, table, {});
    for (ItemView row = cursor.next(); !row.empty(); row = cursor.next()) {
        const auto i = static_cast<std::size_t>(std::stoi(row.find("i").number().to_string()));
        parts.resize(std::max(parts.size(), i + 1));
        parts[i] += 1;
    }
    REQUIRE(std::ranges::all_of(parts, [](int count) { return count == 2; }));
    return static_cast<int>(parts.size());
}

TEST_CASE("Disk: acknowledged writes survive kill -9, and no half of a transaction does", "[disk]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    std::mt19937 random(42);
    int next = 0;
    int acknowledged = 0;
    for (int round = 0; round < 50; ++round) {
        const int last = last_acknowledged(path, next, std::chrono::microseconds(random() % 6000), round % 2 == 0);
        acknowledged += last - next + 1;
        const auto store = open_store(at(path));
        auto transaction = store->begin_read();
        const Table* table = transaction.find_table("table");
        if (table == nullptr) {
            REQUIRE(last < 0);
            continue;
        }
        const int found = pairs(transaction, *table);
        REQUIRE(found > last);
        REQUIRE(found <= std::max(last, next - 1) + 2);  // one may have been committed and not told
        REQUIRE(transaction.counters(*table, 0).items == 2U * static_cast<unsigned>(found));
        next = found;
    }
    CHECK(acknowledged > 100);
}

// Fills the store at `path` until it says that it is full; then all that it took must be there, and stay. 0: it did so.
int fill(const std::string& path) {
    int taken = 0;
    {
        auto store = Store::open(at(path));
        if (!store) return 10;
        const Table table = create(**store, simple_table("table"));
        const auto row = [](int i) {
            return item({{"p", text(std::to_string(i))}, {"s", text("s")}, {"v", text(std::string(20000, 'v'))}});
        };
        std::string sentence;
        for (; taken < 10000 && sentence.empty(); ++taken) {
            try {
                put(**store, table, row(taken));
            } catch (const StorageFull& full) {
                sentence = full.what();
            }
        }
        --taken;
        if (!sentence.starts_with("The disk is full or failing (") ||
            !sentence.ends_with("): nothing of this call was written; free some space and call again.")) {
            return 11;
        }
        for (int i = 0; i < taken; ++i) {
            if (get(**store, table, row(i)) != row(i)) return 12;
        }
        if (!get(**store, table, row(taken)).empty()) return 13;
        // What makes room is taken still: pages that earlier transactions gave up are there for it.
        auto transaction = (*store)->begin_write();
        erase(transaction, table, row(0));
        try {
            transaction.commit();
        } catch (const StorageFull&) {
            return 14;
        }
    }
    auto store = Store::open(at(path));
    if (!store) return 15;
    auto transaction = (*store)->begin_read();
    const Table* table = transaction.find_table("table");
    if (table == nullptr) return 16;
    return transaction.counters(*table, 0).items == static_cast<std::uint64_t>(taken - 1) && taken > 10 ? 0 : 17;
}

constexpr int not_permitted = 50;

// A full disk: a small file system where this process may mount one.
int fill_small_disk(const std::string& folder) {
    const uid_t user = getuid();
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return not_permitted;
    if (user == 0) mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    if (mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=2m") != 0) return not_permitted;
    return fill(folder + "/store");
}

// The same by a limit on the size of files, which everyone may set.
int fill_limited_file(const std::string& folder) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{2 << 20, 2 << 20};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return not_permitted;
    return fill(folder + "/store");
}

TEST_CASE("Disk: a full disk is a sentence, and what was written before stays whole", "[disk]") {
    const TemporaryFolder folder;
    const int result = in_child([&] { return fill_small_disk(folder.path()); });
    if (result != not_permitted) CHECK(result == 0);
    CHECK(in_child([&] { return fill_limited_file(folder.path()); }) == 0);
}

TEST_CASE("Disk: a disk with no room for a new store is refused in a sentence", "[disk]") {
    const TemporaryFolder folder;
    const int result = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{4096, 4096};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
        const std::string sentence = refusal(at(folder.file("store")));
        return sentence.starts_with("The store " + folder.file("store") + " cannot be opened (") ? 0 : 2;
    });
    CHECK(result == 0);
    CHECK(names_in(folder.path()).empty());
}

}  // namespace
}  // namespace minamo::storage
