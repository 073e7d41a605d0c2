// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segment.h"

#include <QHashFunctions>

#include <tuple>

/// The two ends of a connection, in an order that is the same for both directions.
struct AddressPair {
    SocketAddress lower; ///< with the lower port or, if the ports are equal, the lower address
    SocketAddress higher;

    static AddressPair of(const SocketAddress &one, const SocketAddress &other)
    {
        const bool isOneLower = std::tie(one.port, one.address) < std::tie(other.port, other.address);
        return isOneLower ? AddressPair{one, other} : AddressPair{other, one};
    }

    bool operator==(const AddressPair &) const = default;
};

inline size_t qHash(const AddressPair &pair, size_t seed = 0) noexcept
{
    return qHashMulti(seed, pair.lower, pair.higher);
}
