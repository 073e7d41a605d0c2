// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segmentoptions.h"

#include "packets/tcpoption.h"

#include <QtEndian>

namespace {

/// Calls visit(kind, at, length) for each option that is whole, except for the padding.
template<typename Visit>
void visitOptions(const Segment &segment, Visit visit)
{
    using namespace TcpOption;
    for (int at = 0; at < segment.optionBytes && segment.options[size_t(at)] != EndOfList;) {
        const quint8 kind = segment.options[size_t(at)];
        if (kind == NoOperation) {
            ++at;
            continue;
        }
        const int length = at + 1 < segment.optionBytes ? segment.options[size_t(at) + 1] : 0;
        if (length < 2 || at + length > segment.optionBytes)
            break;
        visit(kind, at, length);
        at += length;
    }
}

} // namespace

SegmentOptions SegmentOptions::of(const Segment &segment)
{
    using namespace TcpOption;
    SegmentOptions options;
    const auto number = [&](int at) { return qFromBigEndian<quint32>(segment.options.data() + at); };
    visitOptions(segment, [&](quint8 kind, int at, int length) {
        if (kind == SackPermitted) {
            options.allowsSack = true;
        } else if (kind == WindowScale && length == 3) {
            options.windowScale = qMin<int>(segment.options[size_t(at) + 2], 14);
        } else if (kind == Timestamps && length == 10) {
            options.hasTimestamp = true;
            options.timestamp = number(at + 2);
            options.echo = number(at + 6);
        } else if (kind == Sack) {
            for (int block = at + 2; block + 8 <= at + length && options.blockCount < 4; block += 8)
                options.blocks[size_t(options.blockCount++)] = {number(block), number(block + 4)};
        }
    });
    return options;
}

void SegmentOptions::addToSack(Segment &segment, quint32 number)
{
    visitOptions(segment, [&](quint8 kind, int at, int length) {
        for (int edge = at + 2; kind == TcpOption::Sack && edge + 4 <= at + length; edge += 4) {
            quint8 *bytes = segment.options.data() + edge;
            qToBigEndian(qFromBigEndian<quint32>(bytes) + number, bytes);
        }
    });
}
