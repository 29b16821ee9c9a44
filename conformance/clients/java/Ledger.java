// What was written beside what was read. Writes are noted before they are sent, so that a record that arrives is either
// the next change of its item or a fault, at once. KCL calls from a thread per shard, hence the lock on everything.

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

final class Ledger {
    private static final class Reading {
        int records;
        long started;
        long ended;  // 0 while the shard is read
        BigInteger last = BigInteger.ZERO;
    }

    private static final class Item {
        final List<String> written = new ArrayList<>();
        int read;
        BigInteger last = BigInteger.ZERO;
    }

    private final Map<String, Item> items = new TreeMap<>();
    private final Map<String, Reading> shards = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private long step;

    static String change(String event, String before, String after) {
        return event + " from " + before + " to " + after;
    }

    synchronized void wrote(String item, String change) {
        items.computeIfAbsent(item, key -> new Item()).written.add(change);
    }

    synchronized void started(String shard) {
        Reading reading = shards.computeIfAbsent(shard, id -> new Reading());
        // A second start is a lease that was lost and taken again: KCL then delivers again what was not checkpointed.
        if (reading.started != 0) fault(shard + " was started twice");
        reading.started = ++step;
    }

    synchronized void ended(String shard) {
        shards.get(shard).ended = ++step;
    }

    synchronized void fault(String sentence) {
        faults.add(sentence);
    }

    synchronized void read(String shard, Record record) {
        StreamRecord data = record.dynamodb();
        String name = text(data.keys(), "pk");
        String where = shard + ", sequence number " + data.sequenceNumber() + ", item " + name + ": ";
        BigInteger number = new BigInteger(data.sequenceNumber());
        Reading reading = shards.get(shard);
        ++reading.records;
        if (number.compareTo(reading.last) <= 0) fault(where + "comes after " + reading.last + " in its shard");
        reading.last = number;

        String before = version(data.oldImage(), name);
        String after = version(data.newImage(), name);
        String change = change(record.eventNameAsString(), before, after);
        Item item = items.get(name);
        if (item == null || item.read == item.written.size()) {
            fault(where + "read " + change + ", but all its writes were read before");
            return;
        }
        if (number.compareTo(item.last) <= 0) fault(where + "comes after " + item.last + " of the same item");
        item.last = number;
        String expected = item.written.get(item.read++);
        if (!change.equals(expected)) fault(where + "read " + change + ", written was " + expected);
        checkSurroundings(where, record);
    }

    private void checkSurroundings(String where, Record record) {
        StreamRecord data = record.dynamodb();
        if (!Set.of("pk").equals(data.keys().keySet())) fault(where + "has the keys " + data.keys());
        if (!"aws:dynamodb".equals(record.eventSource())) fault(where + "has the source " + record.eventSource());
        if (!"us-east-1".equals(record.awsRegion())) fault(where + "has the region " + record.awsRegion());
        if (record.eventID() == null || record.eventVersion() == null) fault(where + "has no event id or version");
        if (data.streamViewType() != StreamViewType.NEW_AND_OLD_IMAGES) fault(where + "has " + data.streamViewType());
        if (data.approximateCreationDateTime() == null) fault(where + "has no time of creation");
        if (data.sizeBytes() == null || data.sizeBytes() <= 0) fault(where + "has the size " + data.sizeBytes());
    }

    // An image stands for the version in it, "nothing" for none; an image of another item is shown as it is.
    private static String version(Map<String, AttributeValue> image, String name) {
        if (image.isEmpty()) return "nothing";
        if (!name.equals(text(image, "pk")) || image.get("version") == null) return image.toString();
        return image.get("version").n();
    }

    private static String text(Map<String, AttributeValue> image, String attribute) {
        AttributeValue value = image.get(attribute);
        return value == null ? "?" : value.s();
    }

    synchronized boolean faulty() {
        return !faults.isEmpty();
    }

    synchronized List<String> faults() {
        return new ArrayList<>(faults);
    }

    synchronized int records() {
        return shards.values().stream().mapToInt(reading -> reading.records).sum();
    }

    synchronized int shards() {
        return shards.size();
    }

    // How far reading has come: a sentence for each write that was not read yet.
    synchronized List<String> unread() {
        List<String> sentences = new ArrayList<>();
        items.forEach((name, item) -> {
            if (item.read < item.written.size()) {
                sentences.add("item " + name + ": read " + item.read + " of " + item.written.size()
                        + " changes, missing " + item.written.get(item.read));
            }
        });
        return sentences;
    }

    // The lineage as the server describes it, beside the order in which KCL went through it.
    synchronized List<String> unfinished(List<Shard> described, int parents) {
        List<String> sentences = new ArrayList<>();
        Map<String, List<Shard>> children = new LinkedHashMap<>();
        for (Shard shard : described) {
            if (shard.parentShardId() == null) children.put(shard.shardId(), new ArrayList<>());
        }
        if (children.size() != parents) sentences.add("there are " + children.size() + " shards without a parent");
        for (Shard shard : described) {
            if (shard.parentShardId() == null) continue;
            List<Shard> siblings = children.get(shard.parentShardId());
            if (siblings == null) sentences.add(shard.shardId() + " has an unknown parent " + shard.parentShardId());
            else siblings.add(shard);
        }
        for (Shard shard : described) {
            if (shard.parentShardId() == null) parent(shard, children.get(shard.shardId()), sentences);
        }
        for (String id : shards.keySet()) {
            boolean known = described.stream().anyMatch(shard -> shard.shardId().equals(id));
            if (!known) sentences.add(id + " was read, but is not described");
        }
        return sentences;
    }

    private void parent(Shard shard, List<Shard> siblings, List<String> sentences) {
        String id = shard.shardId();
        Reading reading = shards.get(id);
        if (shard.sequenceNumberRange().endingSequenceNumber() == null) sentences.add(id + " is open");
        if (siblings.isEmpty()) sentences.add(id + " has no children");
        if (reading == null) {
            sentences.add(id + " was not read");
            return;
        }
        if (reading.records == 0) sentences.add(id + " had no records");
        if (reading.ended == 0) sentences.add(id + " was not read to its end");
        for (Shard sibling : siblings) {
            String child = sibling.shardId() + ", a child of " + id + ", ";
            Reading after = shards.get(sibling.shardId());
            if (sibling.sequenceNumberRange().endingSequenceNumber() != null) sentences.add(child + "is closed");
            if (after == null) sentences.add(child + "was not read");
            else if (reading.ended == 0 || after.started < reading.ended) sentences.add(child + "was read too early");
            else if (after.records == 0) sentences.add(child + "had no records");
        }
    }
}
