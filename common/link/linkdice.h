// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <initializer_list>

/// Chance on the emulated link. A number follows from the seed and from what it decides about, not from the numbers
/// drawn before it. So a segment has the same fate in each run with the same seed, on any machine, even if the segments
/// of both ends, or acknowledgements, come in another order. Integers only; pure.
namespace LinkDice {

/// The first number of SplitMix64 with this seed (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", 2014; the constants are those of java.util.SplittableRandom).
constexpr quint64 mixed(quint64 seed)
{
    quint64 z = seed + 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

/// The number for what these words identify.
constexpr quint64 number(quint64 seed, std::initializer_list<quint64> words)
{
    quint64 number = mixed(seed);
    for (const quint64 word : words)
        number = mixed(number ^ word);
    return number;
}

/// A number from 0 to limit - 1.
constexpr quint64 below(quint64 number, quint32 limit)
{
    return (number >> 32) * limit >> 32;
}

} // namespace LinkDice
