target_sources(minamo_core PRIVATE
    items/cancellations.cpp
    items/capacity.cpp
    items/collection_metrics.cpp
    items/item_keys.cpp
    items/item_writes.cpp
    items/transaction_reads.cpp
    items/transaction_tokens.cpp
    items/transaction_writes.cpp
    items/write_requests.cpp
)
