// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "jointflow.h"

#include "flows/segmentoptions.h"

#include <algorithm>

namespace {

/// How much earlier a segment may arrive than it departs: the clocks drift (200 ppm, and 1 ms), and the paths may be
/// unlike each other.
qint64 toleranceUs(const JointTimes &times)
{
    const qint64 span = std::max(times.lastUs[0], times.lastUs[1]) - std::min(times.firstUs[0], times.firstUs[1]);
    return 1000 + span / 5000 + times.offset.smallestDelay;
}

/// One row of the joint flow.
struct Row {
    SegmentPart part;
    Side sender = Side::Client;
    qint64 joint = -1; ///< its row in the joint flow; -1: none yet
};

class JointFlowMaker
{
public:
    JointFlowMaker(PairedFlow paired, const PairedFlow::Captures &captures, std::optional<size_t> captureAtClient,
                   const JointTimes &times)
        : m_paired(std::move(paired))
        , m_captures(captures)
        , m_times(times)
    {
        const size_t atClient = captureAtClient.value_or(0);
        m_transits.captureAt = {quint8(atClient), quint8(1 - atClient)};
        m_transits.isEndAssumed = !captureAtClient;
        for (const Side side : {Side::Client, Side::Server}) {
            m_addresses[size_t(side)] = addressIn(captureAt(side), side);
            const SocketAddress seen = addressIn(1 - captureAt(side), side);
            if (seen != m_addresses[size_t(side)])
                m_transits.seenAs[size_t(side)] = seen;
        }
    }

    Flow make()
    {
        for (const Side sender : {Side::Client, Side::Server})
            takeParts(sender);
        index();
        order();
        for (quint32 line = 0; line < m_transits.lines.size(); ++line)
            takeLine(line);
        for (const Row &row : m_rows)
            m_transits.rows[size_t(row.joint)].fate = fateOf(row);
        const std::vector<Flow::RowStates> states = statesAtEnds();
        Flow flow = std::move(*m_flow);
        flow.setEnded();
        if (states.empty())
            flow.setTransits(std::move(m_transits));
        else
            flow.setTransits(std::move(m_transits), states, {finalState(Side::Client), finalState(Side::Server)});
        return flow;
    }

private:
    size_t captureAt(Side side) const { return m_transits.captureAt[size_t(side)]; }
    const Flow &flow(size_t capture) const { return m_paired.flow(capture); }
    SocketAddress addressIn(size_t capture, Side side) const
    {
        return flow(capture).address(m_paired.sideIn(capture, side));
    }
    qint64 timeUs(size_t capture, qint64 row) const { return m_times.timeUs(capture, flow(capture).at(row).timeUs); }

    qint64 startOf(size_t capture, qint64 row) const { return m_paired.startOf(capture, flow(capture).at(row)); }

    /// Segments that would arrive before they have departed are different copies.
    void takeParts(Side sender)
    {
        const size_t from = captureAt(sender);
        const qint64 tolerance = toleranceUs(m_times);
        for (const SegmentPart &part : m_paired.takeParts(sender)) {
            const bool isWhole = part.rows[0] >= 0 && part.rows[1] >= 0 && part.from == startOf(0, part.rows[0]) &&
                                 part.from == startOf(1, part.rows[1]);
            if (!isWhole || timeUs(1 - from, part.rows[1 - from]) - timeUs(from, part.rows[from]) >= -tolerance) {
                m_rows.push_back({.part = part, .sender = sender});
                continue;
            }
            for (const size_t capture : {0, 1}) {
                SegmentPart single = part;
                single.rows[1 - capture] = -1;
                m_rows.push_back({.part = single, .sender = sender});
            }
        }
    }

    /// Finds the parts of each captured segment, in their order, and what must come before it.
    void index()
    {
        for (const size_t capture : {0, 1}) {
            m_partsOf[capture].resize(size_t(flow(capture).count()));
            m_needs[capture].resize(m_partsOf[capture].size(), -1);
        }
        std::ranges::sort(m_rows, {}, [](const Row &row) { return row.part.from; });
        for (quint32 i = 0; i < m_rows.size(); ++i) {
            const SegmentPart &part = m_rows[i].part;
            for (const size_t capture : {0, 1}) {
                if (part.rows[capture] >= 0)
                    m_partsOf[capture][size_t(part.rows[capture])].push_back(i);
            }
            const size_t to = 1 - captureAt(m_rows[i].sender);
            if (part.rows[to] >= 0) {
                qint64 &need = m_needs[to][size_t(part.rows[to])];
                need = std::max(need, part.rows[1 - to]);
            }
        }
    }

    /// Puts the captured segments of both files into the order of their times, but arrivals after departures.
    void order()
    {
        std::array<qint64, 2> next{};
        const std::array<qint64, 2> end{flow(0).count(), flow(1).count()};
        const auto isBlocked = [&](size_t capture) {
            return next[capture] == end[capture] || m_needs[capture][size_t(next[capture])] >= next[1 - capture];
        };
        m_transits.lines.reserve(size_t(end[0] + end[1]));
        while (next[0] < end[0] || next[1] < end[1]) {
            size_t capture = next[0] == end[0] ? 1 : 0;
            if (next[0] < end[0] && next[1] < end[1]) {
                capture = timeUs(0, next[0]) <= timeUs(1, next[1]) ? 0 : 1;
                if (isBlocked(capture) && !isBlocked(1 - capture))
                    capture = 1 - capture;
            }
            m_transits.lines.push_back({.captureRow = quint32(next[capture]++), .capture = quint8(capture)});
        }
    }

    void takeLine(quint32 index)
    {
        Transits::Line &line = m_transits.lines[index];
        bool isFirst = true;
        for (const quint32 part : m_partsOf[line.capture][line.captureRow]) {
            Row &row = m_rows[part];
            if (row.joint < 0)
                append(row, line);
            if (std::exchange(isFirst, false))
                line.row = quint32(row.joint);
            Transit &transit = m_transits.rows[size_t(row.joint)];
            const qint64 us = timeUs(line.capture, line.captureRow);
            if (line.capture == captureAt(row.sender)) {
                transit.departureUs = us;
                transit.departureLine = std::min(index, transit.arrivalLine);
            } else {
                transit.arrivalUs = std::max(us, transit.departureUs);
                transit.arrivalLine = index;
                m_transits.arrivals.push_back(quint32(row.joint));
            }
        }
    }

    void append(Row &row, const Transits::Line &line)
    {
        const SegmentPart &part = row.part;
        const size_t from = captureAt(row.sender);
        const size_t capture = part.rows[from] >= 0 ? from : 1 - from;
        Segment segment = m_captures[capture]->segmentAt(m_paired.pair().flows[capture], part.rows[capture]);
        translate(segment, capture, m_times);
        segment.timeUs = timeUs(line.capture, line.captureRow);
        segment.source = m_addresses[size_t(row.sender)];
        segment.destination = m_addresses[1 - size_t(row.sender)];
        if (flow(0).tunnel() != flow(1).tunnel())
            segment.tunnel = 0;
        if (capture == 1)
            useNumbersOfFirst(segment, row.sender);
        cut(segment, part, startOf(capture, part.rows[capture]));
        if (part.rows[1 - capture] >= 0)
            takePayload(segment, part, 1 - capture);
        if (!m_flow) {
            m_flow.emplace(segment);
            if (m_flow->address(Side::Client) != m_addresses[size_t(Side::Client)])
                m_flow->swapEnds();
        }
        row.joint = m_flow->count();
        m_flow->append(segment, fateOf(row) == Transit::Fate::Lost);
        Transit transit;
        // The offset of the clocks is an estimate: each way may take up to twice the smallest delay.
        const bool ran = segment.timeUs >= m_times.firstUs[from] &&
                         segment.timeUs - 2 * m_times.offset.smallestDelay <= m_times.lastUs[from];
        transit.isDuplicate = part.isExtra && part.rows[from] < 0 && !m_times.hasDrops[from] && ran;
        m_transits.rows.push_back(transit);
    }

    /// Gives a segment of the second capture the numbers that it has in the first one.
    void useNumbersOfFirst(Segment &segment, Side sender) const
    {
        const quint32 own = m_paired.pair().numbers[size_t(sender)];
        const quint32 other = m_paired.pair().numbers[1 - size_t(sender)];
        segment.sequence += own;
        segment.acknowledgement += segment.has(Segment::Ack) ? other : 0;
        SegmentOptions::addToSack(segment, other);
        if (segment.icmp()) { // its number is one of the stream of its receiver
            segment.oddities.detach();
            segment.oddity().icmp->sequence += other;
        }
    }

    /// Takes the payload from the other capture if that has more of it: each has the beginning.
    void takePayload(Segment &segment, const SegmentPart &part, size_t other) const
    {
        Segment copy = m_captures[other]->segmentAt(m_paired.pair().flows[other], part.rows[other]);
        cut(copy, part, startOf(other, part.rows[other]));
        if (copy.payloadAt < 0 || copy.capturedLength <= segment.capturedLength)
            return;
        segment.payloadAt = copy.payloadAt;
        segment.payloadFile = quint8(other);
        segment.capturedLength = copy.capturedLength;
    }

    /// Leaves only the part of a segment that begins at this position.
    static void cut(Segment &segment, const SegmentPart &part, qint64 start)
    {
        const bool isSyn = segment.has(Segment::Syn);
        const qint64 end = start + segment.length + (isSyn ? 1 : 0) + (segment.has(Segment::Fin) ? 1 : 0);
        if (part.from == part.to || (part.from == start && part.to == end))
            return;
        const qint64 firstByte = start + (isSyn ? 1 : 0);
        const qint64 skipped = std::max<qint64>(0, part.from - firstByte);
        const qint64 kept =
            std::clamp<qint64>(part.to - firstByte, 0, segment.length) - std::min<qint64>(skipped, segment.length);
        segment.sequence += quint32(part.from - start);
        segment.capturedLength = quint32(std::clamp<qint64>(qint64(segment.capturedLength) - skipped, 0, kept));
        segment.length = quint32(kept);
        if (segment.payloadAt >= 0)
            segment.payloadAt += skipped;
        if (part.from > start)
            segment.flags &= quint16(~Segment::Syn);
        if (part.to < end)
            segment.flags &= quint16(~(Segment::Fin | Segment::Psh));
    }

    TcpState finalState(Side end) const
    {
        const size_t capture = captureAt(end);
        return flow(capture).state(m_paired.sideIn(capture, end));
    }

    /// The capture at an end has what that end has sent and received in the right order, so it tells the states of this
    /// end. Empty: one of them begins later than the connection, lacks packets, or was made elsewhere.
    std::vector<Flow::RowStates> statesAtEnds() const
    {
        for (const size_t capture : {0, 1}) {
            const auto isKnown = [&](Side side) { return flow(capture).isOriginKnown(side); };
            if (m_times.hasDrops[capture] || !std::ranges::all_of(bothSides, isKnown))
                return {};
        }
        if (m_transits.isEndAssumed)
            return {};
        std::vector<Flow::RowStates> states(m_transits.rows.size());
        std::array<TcpState, 2> now{m_flow->stateBefore(Side::Client), m_flow->stateBefore(Side::Server)};
        for (const Transits::Line &line : m_transits.lines) {
            const Side end = captureAt(Side::Client) == line.capture ? Side::Client : Side::Server;
            const FlowSegment &segment = flow(line.capture).at(line.captureRow);
            const bool isSender = m_paired.sideIn(line.capture, end) == segment.sender;
            const std::vector<quint32> &parts = m_partsOf[line.capture][line.captureRow];
            for (const quint32 part : parts) {
                const Row &row = m_rows[part];
                if (part == parts.back())
                    now[size_t(end)] = isSender ? segment.senderState : segment.receiverState;
                Flow::RowStates &known = states[size_t(row.joint)];
                if (isSender || !m_transits.rows[size_t(row.joint)].hasDeparted())
                    known.sender = now[size_t(row.sender)];
                known.receiver = now[1 - size_t(row.sender)];
            }
        }
        return states;
    }

    bool wasRunning(size_t capture, qint64 us) const
    {
        return us >= m_times.firstUs[capture] && us <= m_times.lastUs[capture];
    }

    Transit::Fate fateOf(const Row &row) const
    {
        const size_t from = captureAt(row.sender);
        const size_t to = 1 - from;
        if (row.part.rows[to] >= 0)
            return Transit::Fate::Arrived;
        const qint64 departureUs = timeUs(from, row.part.rows[from]);
        const bool ran = wasRunning(to, departureUs) && wasRunning(to, departureUs + m_times.offset.smallestDelay);
        const FlowSegment &segment = flow(from).at(row.part.rows[from]);
        const bool isPureAck = row.part.from == row.part.to && !segment.has(Segment::Rst);
        const bool isMerged = isPureAck && m_times.mergesSegments[to];
        const bool isSure = ran && !m_times.hasDrops[0] && !m_times.hasDrops[1] && !isMerged;
        return isSure ? Transit::Fate::Lost : Transit::Fate::NotCaptured;
    }

    PairedFlow m_paired;
    const PairedFlow::Captures m_captures;
    const JointTimes &m_times;
    std::array<SocketAddress, 2> m_addresses; ///< by Side, as its own end has them
    Transits m_transits;
    std::vector<Row> m_rows;
    std::array<std::vector<std::vector<quint32>>, 2> m_partsOf; ///< by capture and row: indexes of m_rows
    std::array<std::vector<qint64>, 2> m_needs; ///< by capture and row: the other capture's row that comes before; -1
    std::optional<Flow> m_flow;
};

} // namespace

void translate(Segment &segment, size_t capture, const JointTimes &times)
{
    segment.timeUs = times.timeUs(capture, segment.timeUs);
    segment.payloadFile = quint8(capture);
}

Flow jointFlow(PairedFlow paired, const PairedFlow::Captures &captures, std::optional<size_t> captureAtClient,
               const JointTimes &times)
{
    return JointFlowMaker(std::move(paired), captures, captureAtClient, times).make();
}
