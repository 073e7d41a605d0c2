// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "endview.h"

#include "flows/segmentoptions.h"

using namespace Qt::StringLiterals;

EndView::EndView(const EndCapture &capture, const LinkTruth &truth, Side at, WeatherReport &report)
    : m_capture(&capture)
    , m_flow(&capture.flows().at(0))
    , m_at(at)
{
    const Flow &flow = *m_flow;
    const std::array<const std::vector<size_t> *, 2> passed{&truth.departures(at), &truth.arrivals(at)};
    std::array<size_t, 2> next{};
    for (qsizetype row = 0; row < flow.count() && m_isWhole; ++row) {
        const FlowSegment &captured = flow.at(row);
        const size_t way = captured.sender == at ? 0 : 1;
        if (next.at(way) == passed.at(way)->size()) {
            m_isWhole = false;
            break;
        }
        const size_t packet = passed.at(way)->at(next.at(way)++);
        const Segment &sent = truth.at(packet).segment;
        m_isWhole = captured.sequence == sent.sequence && captured.acknowledgement == sent.acknowledgement &&
                    captured.flags == sent.flags && captured.length == sent.length && captured.window == sent.window;
        m_packets.push_back(packet);
    }
    m_isWhole = m_isWhole && next[0] == passed[0]->size() && next[1] == passed[1]->size();
    if (!m_isWhole)
        report.fault(u"capture"_s, u"the capture at the %1 does not have what passed its device (after %2 rows)"_s
                                       .arg(sideWords.at(size_t(at)))
                                       .arg(m_packets.size()));
}

void EndView::noteAccepted(LinkTruth &truth)
{
    std::optional<quint32> recent; // TS.Recent
    qint64 acknowledged = 0;       // Last.ACK.sent
    for (qsizetype row = 0; row < m_flow->count(); ++row) {
        const FlowSegment &captured = m_flow->at(row);
        if (captured.sender == m_at) {
            acknowledged = captured.has(Segment::Ack) ? captured.acknowledged : acknowledged;
            continue;
        }
        const size_t packet = packetOf(row);
        const SegmentOptions options = SegmentOptions::of(m_capture->segmentAt(0, row));
        const bool isOld = options.hasTimestamp && recent && qint32(options.timestamp - *recent) < 0;
        if (truth.at(packet).isCorrupted || isOld)
            continue;
        truth.noteAccepted(packet);
        if (!m_acceptedRows.contains(packet))
            m_acceptedRows[packet] = row;
        if (options.hasTimestamp && captured.start() <= acknowledged)
            recent = options.timestamp;
    }
}
