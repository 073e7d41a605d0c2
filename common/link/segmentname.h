// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <array>

/// The kinds of segment that are counted.
enum class SegmentKind : quint8 {
    Syn,
    SynAck,
    Data,
    Fin,
    Rst,
    Ack, ///< without payload, SYN, FIN and RST
};

constexpr std::array<QLatin1StringView, 6> segmentKindWords{QLatin1StringView("syn"),  QLatin1StringView("syn-ack"),
                                                            QLatin1StringView("data"), QLatin1StringView("fin"),
                                                            QLatin1StringView("rst"),  QLatin1StringView("ack")};

/// The name of a segment among those that one end of a connection sends. "data 2" carries a byte that none carried
/// before, as the second of them; "data 2x3" is the third packet with the first of these bytes. A plain value.
struct SegmentName {
    static constexpr quint32 maxNumber = 1'000'000'000;

    SegmentKind kind = SegmentKind::Data;
    quint32 number = 1; ///< from 1
    quint32 copy = 1;   ///< from 1; always 1 of Ack

    QString text() const; ///< "data 2", "data 2x3"

    /// Whether an end sends more than one of this kind on a connection, apart from copies.
    static constexpr bool isNumbered(SegmentKind kind) { return kind == SegmentKind::Data || kind == SegmentKind::Ack; }

    friend bool operator==(const SegmentName &, const SegmentName &) = default;
};
