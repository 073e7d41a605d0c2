// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "verdicts.h"

#include "flows/segmentoptions.h"

using namespace Qt::StringLiterals;

namespace {

QString rowText(const EndView &view, const LinkTruth::Packet &packet, qsizetype row)
{
    return u"at the %1, row %2, %3"_s.arg(sideWords.at(size_t(view.at()))).arg(row).arg(packet.text());
}

/// Whether an acknowledgement that arrived tells that the packet had arrived, not only its copy: it reports a duplicate
/// (D-SACK), or echoes its timestamp, or one between that and the copy's.
bool isTold(size_t packet, const EndView &receiver, const LinkTruth &truth)
{
    const LinkTruth::Packet &sent = truth.at(packet);
    std::optional<quint32> copied;
    for (const size_t other : truth.departures(sent.from)) {
        const LinkTruth::Packet &copy = truth.at(other);
        if (other > packet && !copied && copy.start < sent.end && copy.end > sent.start)
            copied = SegmentOptions::of(copy.segment).timestamp;
    }
    const quint32 own = SegmentOptions::of(sent.segment).timestamp;
    const quint32 zero = sent.segment.sequence - quint32(sent.start);
    for (qsizetype row = receiver.acceptedRow(packet) + 1; row < receiver.flow().count(); ++row) {
        const LinkTruth::Packet &answer = truth.at(receiver.packetOf(row));
        if (answer.from == sent.from || !answer.hasArrived())
            continue;
        const SegmentOptions options = SegmentOptions::of(answer.segment);
        const qint64 acknowledged = answer.segment.acknowledgement - zero;
        const auto edge = [&](int block, size_t side) { return qint64(options.blocks[size_t(block)][side] - zero); };
        const bool isDuplicate = options.blockCount > 0 && edge(0, 0) < sent.end && edge(0, 1) > sent.start &&
                                 (edge(0, 1) <= acknowledged ||
                                  (options.blockCount > 1 && edge(1, 0) <= edge(0, 0) && edge(0, 1) <= edge(1, 1)));
        const bool isBeforeCopy = acknowledged >= sent.end && options.hasTimestamp && copied &&
                                  qint32(options.echo - own) >= 0 && qint32(options.echo - *copied) < 0;
        if (isDuplicate || isBeforeCopy)
            return true;
    }
    return false;
}

} // namespace

/// What the notes say about segments that were sent again.
void Verdicts::compareRetransmissions(const EndView &view, const LinkTruth &truth, WeatherReport &report)
{
    using enum FlowSegment::Note;
    std::vector<bool> isSeen(truth.packets().size());
    Positions received; // bytes, SYN and FIN
    for (qsizetype row = 0; row < view.flow().count(); ++row) {
        const FlowSegment &segment = view.flow().at(row);
        const LinkTruth::Packet &packet = truth.at(view.packetOf(row));
        const bool isOwn = segment.sender == view.at();
        const bool isCopy = isSeen[view.packetOf(row)];
        isSeen[view.packetOf(row)] = true;
        const QString where = rowText(view, packet, row);
        const bool isCalled = segment.has(Retransmission);
        const bool wasThere = isOwn ? packet.wasThere : received.hasAll(packet.start, packet.end);
        if (isCalled && !packet.repeats && !isCopy)
            report.fault(isOwn ? u"false retransmission"_s : u"false retransmission, received"_s, where);
        if (isOwn && !isCalled && packet.repeats && !segment.has(KeepAlive) && !segment.has(ZeroWindowProbe))
            report.fault(u"missed retransmission"_s, where);
        if (segment.has(OutOfOrder) && isOwn)
            report.fault(u"false out of order"_s, where);
        if (segment.has(OutOfOrder) && !isOwn)
            report.count(packet.repeats ? u"out of order, received, but sent again"_s : u"out of order, received"_s);
        if (!isOwn && !isCalled && packet.repeats && !segment.has(OutOfOrder))
            report.count(u"first copy received, and nothing tells that it was sent again"_s);
        if (!isOwn && isCopy)
            report.count(u"network copies"_s);
        if (isCalled)
            report.count(isOwn ? u"retransmissions"_s : u"retransmissions, received"_s);
        if (segment.has(SpuriousRetransmission) && !wasThere)
            report.fault(u"false spurious retransmission"_s, where);
        if (isOwn && isCalled && packet.wasThere)
            report.count(segment.has(SpuriousRetransmission) ? u"spurious"_s : u"spurious, not known then"_s);
        if (isOwn && segment.has(FastRetransmission))
            report.count(u"fast"_s);
        if (!isOwn && !packet.isCorrupted)
            received.add(packet.start, packet.end);
    }
}

void Verdicts::compareLosses(const EndView &view, const Views &views, const LinkTruth &truth, WeatherReport &report)
{
    for (qsizetype row = 0; row < view.flow().count(); ++row) {
        const FlowSegment &segment = view.flow().at(row);
        const LinkTruth::Packet &packet = truth.at(view.packetOf(row));
        const bool isOwn = segment.sender == view.at();
        const bool isLost = segment.has(FlowSegment::Lost);
        const QString own = isOwn ? u""_s : u", received"_s;
        if (isLost && packet.hasArrived()) {
            const EndView &receiver = *views.at(size_t(otherEnd(packet.from)));
            if (isOwn && !isTold(view.packetOf(row), receiver, truth))
                report.count(u"late, called lost, and no acknowledgement tells it"_s);
            else
                report.fault(u"false loss"_s + own, rowText(view, packet, row));
        } else if (!packet.hasArrived() && packet.start < packet.end) {
            report.count((isLost             ? u"losses"_s
                          : packet.sentAgain ? u"missed losses"_s
                                             : u"losses, not sent again"_s) +
                         own);
        }
    }
}
