// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepmatch.h"

#include <algorithm>

namespace {

/// Like Flow::rowsOf(): excludes resets and segments that only request an acknowledgement.
bool carries(const FlowSegment &segment, Side sender, qint64 from, qint64 to)
{
    const bool isCarrier = segment.newBytes > 0 || segment.has(FlowSegment::Retransmission) ||
                           segment.has(Segment::Syn) || segment.has(Segment::Fin);
    return isCarrier && !segment.has(Segment::Rst) && from < to && segment.sender == sender && segment.start() < to &&
           segment.end() > from;
}

/// Returns the event of a step, or null.
const StepIndex::Event *eventOf(const StepIndex::Events &events, qsizetype step)
{
    const auto found = std::partition_point(events.begin(), events.end(),
                                            [step](const auto &event) { return qsizetype(event.step) < step; });
    return found == events.end() || qsizetype(found->step) != step ? nullptr : &*found;
}

void sortSteps(std::vector<StepRow> &steps)
{
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
}

} // namespace

StepMatch::StepMatch(const FlowTable &table)
    : m_table(table)
{
}

StepRow StepMatch::add(const Step &step)
{
    const qsizetype index = m_index.add(step);
    if (step.connection == 0)
        addAttempt(step, index);
    return StepRow(index);
}

void StepMatch::clear()
{
    m_index = {};
    m_attempts.clear();
    m_attemptsBetween.clear();
}

/// Adds a step of an attempt to connect. A client tries one address after the other.
void StepMatch::addAttempt(const Step &step, qsizetype index)
{
    const auto peer = SocketAddress::fromText(step.peer);
    // Without a peer, the client is still looking up a name.
    if (!peer || !StepIndex::tellsOfState(step.kind))
        return;
    const auto local = SocketAddress::fromText(step.local).value_or(SocketAddress{.version = 0});
    if (step.kind == StepKind::Connecting) {
        if (local.version != 0)
            m_attemptsBetween.emplace(std::pair(local, *peer), m_attempts.size());
        const int number = -int(m_attempts.size()) - 1;
        m_attempts.push_back({.number = number, .local = local, .peer = *peer, .firstUs = step.time.wallUs});
    }
    if (!m_attempts.empty() && m_attempts.back().local == local && m_attempts.back().peer == *peer)
        m_attempts.back().events.push_back({step.kind, true, quint32(index)});
}

const StepIndex::Connection *StepMatch::connection(int number) const
{
    if (number < 0)
        return size_t(-number) > m_attempts.size() ? nullptr : &m_attempts[size_t(-number) - 1];
    const int index = m_index.newest(number);
    return index < 0 ? nullptr : &m_index.connection(index);
}

int StepMatch::attemptOf(StepRow step) const
{
    const Connection *attempt = findAttempt(step.value());
    return attempt ? attempt->number : 0;
}

/// Returns null if the step belongs to no attempt.
const StepMatch::Connection *StepMatch::findAttempt(qsizetype step) const
{
    const auto later = std::partition_point(m_attempts.begin(), m_attempts.end(), [step](const Connection &attempt) {
        return qsizetype(attempt.events.front().step) <= step;
    });
    return later != m_attempts.begin() && eventOf(std::prev(later)->events, step) ? &*std::prev(later) : nullptr;
}

StepMatch::End StepMatch::endOfAttempt(const Connection &attempt) const
{
    const std::vector<int> &flows = m_table.find(attempt.local, attempt.peer);
    const auto distance = [&](int flow) { return std::abs(m_table.at(flow).at(0).timeUs - attempt.firstUs); };
    const auto nearest = std::ranges::min_element(flows, {}, distance);
    if (nearest == flows.end())
        return {.connection = &attempt};
    const bool isClient = m_table.at(*nearest).address(Side::Client) == attempt.local;
    return {.connection = &attempt, .flow = *nearest, .side = isClient ? Side::Client : Side::Server};
}

StepMatch::End StepMatch::endOf(const Connection &connection) const
{
    End end{.connection = &connection};
    const std::vector<int> &flows = m_table.find(connection.local, connection.peer);
    const auto startUs = [this](int flow) { return m_table.at(flow).at(0).timeUs; };
    const bool isOnly =
        connection.before < 0 && &m_index.connection(m_index.newest(connection.local, connection.peer)) == &connection;
    if (flows.size() == 1 && isOnly) {
        end.flow = flows.front();
    } else {
        const auto later = std::partition_point(flows.begin(), flows.end(),
                                                [&](int flow) { return startUs(flow) <= connection.firstUs; });
        if (later == flows.begin())
            return end;
        const int flow = *std::prev(later);
        if (connection.before >= 0 && startUs(flow) <= m_index.connection(connection.before).firstUs)
            return end;
        end.flow = flow;
    }
    const bool isClient = m_table.at(end.flow).address(Side::Client) == connection.local;
    end.side = isClient ? Side::Client : Side::Server;
    return end;
}

/// For a step without a connection or flow, the result has no connection or no flow.
StepMatch::End StepMatch::endOf(qsizetype step) const
{
    if (const Connection *connection = m_index.connectionOf(step))
        return endOf(*connection);
    const Connection *attempt = findAttempt(step);
    return attempt ? endOfAttempt(*attempt) : End();
}

std::vector<StepMatch::End> StepMatch::endsOf(int flow, Ends which) const
{
    std::vector<End> ends;
    const SocketAddress client = m_table.at(flow).address(Side::Client);
    const SocketAddress server = m_table.at(flow).address(Side::Server);
    for (const auto &[local, peer] : {std::pair(client, server), std::pair(server, client)}) {
        for (int index = m_index.newest(local, peer); index >= 0; index = m_index.connection(index).before) {
            if (const End end = endOf(m_index.connection(index)); end.flow == flow)
                ends.push_back(end);
        }
    }
    if (which == Ends::OfConnections)
        return ends;
    for (const auto &addresses : {std::pair(client, server), std::pair(server, client)}) {
        const auto [first, last] = m_attemptsBetween.equal_range(addresses);
        for (auto attempt = first; attempt != last; ++attempt) {
            if (const End end = endOfAttempt(m_attempts[attempt->second]); end.flow == flow)
                ends.push_back(end);
        }
    }
    return ends;
}

bool StepMatch::isKnown(int flow, Side side) const
{
    const auto ends = endsOf(flow, Ends::OfConnections);
    return std::any_of(ends.begin(), ends.end(), [side](const End &end) { return end.side == side; });
}

/// The range of a message that sender has sent.
StepMatch::Span StepMatch::spanOf(const End &end, const Message &message, Side sender) const
{
    if (!m_table.at(end.flow).isOriginKnown(sender))
        return {};
    return {sender, message.offset, message.end()};
}

/// The range of an event: a SYN or a FIN.
StepMatch::Span StepMatch::spanOf(const End &end, const Event &event) const
{
    if (!event.hasSegments)
        return {};
    const Flow &flow = m_table.at(end.flow);
    if (event.kind == StepKind::Connected || event.kind == StepKind::Connecting)
        return flow.isOriginKnown(end.side) ? Span{end.side, -1, 0} : Span{};
    const bool isClose = event.kind == StepKind::Close && !end.connection->hasFinishedSending;
    const bool isOwn = isClose || event.kind == StepKind::FinishedSending || event.kind == StepKind::FinSent;
    if (!isOwn && event.kind != StepKind::PeerFinished)
        return {};
    const Side sender = isOwn ? end.side : otherEnd(end.side);
    const auto fin = flow.finPosition(sender);
    return fin ? Span{sender, *fin, *fin + 1} : Span{};
}

qsizetype StepMatch::resetRowOf(const End &end, const Event &event) const
{
    const Flow &flow = m_table.at(end.flow);
    if (event.kind == StepKind::Close || event.kind == StepKind::Reset)
        return flow.rstRow(end.side);
    const bool isRefusal = event.kind == StepKind::Refused || event.kind == StepKind::Unreachable;
    if (isRefusal && (event.kind == StepKind::Unreachable || flow.rstRow(otherEnd(end.side)) < 0))
        return flow.refusalRow(end.side);
    const bool isByPeer = event.kind == StepKind::ResetByPeer || event.kind == StepKind::Refused;
    return isByPeer ? flow.rstRow(otherEnd(end.side)) : -1;
}

int StepMatch::flowOf(int connection) const
{
    if (connection < 0) {
        const Connection *attempt = this->connection(connection);
        return attempt ? endOfAttempt(*attempt).flow : -1;
    }
    int flow = -1;
    for (int index = m_index.newest(connection); index >= 0 && flow < 0; index = m_index.connection(index).sameNumber)
        flow = endOf(m_index.connection(index)).flow;
    return flow;
}

StepSegments StepMatch::segmentsOf(StepRow stepRow) const
{
    const qsizetype step = stepRow.value();
    const End end = endOf(step);
    if (end.flow < 0)
        return {};
    const Flow &flow = m_table.at(end.flow);
    StepSegments segments{.flow = end.flow};
    Span span;
    qsizetype resetRow = -1;
    const MessageList &sent = end.connection->sent;
    const MessageList &received = end.connection->received;
    if (const qsizetype index = sent.indexOf(step); index >= 0) {
        span = spanOf(end, sent.at(index), end.side);
    } else if (const qsizetype place = received.indexOf(step); place >= 0) {
        span = spanOf(end, received.at(place), otherEnd(end.side));
    } else if (const Event *event = eventOf(end.connection->events, step)) {
        span = spanOf(end, *event);
        resetRow = resetRowOf(end, *event);
    }
    if (span.from < span.to) {
        const std::vector<qsizetype> rows = flow.rowsOf(span.sender, span.from, span.to);
        segments.rows = std::vector<FlowRow>(rows.begin(), rows.end());
        segments.ackRow = FlowRow(flow.ackRowOf(span.sender, span.to));
    }
    if (resetRow >= 0)
        segments.rows.insert(std::ranges::lower_bound(segments.rows, FlowRow(resetRow)), FlowRow(resetRow));
    return segments;
}

std::optional<Refusal> StepMatch::refusalOf(StepRow step) const
{
    const End end = endOf(step.value());
    if (end.flow < 0)
        return {};
    const Event *event = eventOf(end.connection->events, step.value());
    if (!event || (event->kind != StepKind::Refused && event->kind != StepKind::Unreachable))
        return {};
    const qsizetype row = resetRowOf(end, *event);
    if (row < 0)
        return {};
    const IcmpError *error = m_table.at(end.flow).error(row);
    return Refusal{FlowRow(row), error ? std::optional(*error) : std::nullopt};
}

std::vector<StepRow> StepMatch::stepsOf(int flow, FlowRow row) const
{
    std::vector<StepRow> steps;
    const FlowSegment &segment = m_table.at(flow).at(row.value());
    for (const End &end : endsOf(flow, Ends::WithAttempts)) {
        const MessageList &messages = segment.sender == end.side ? end.connection->sent : end.connection->received;
        for (MessageList::Cursor message(messages, messages.firstBeyond(segment.offset));
             !message.atEnd() && message->offset < segment.end(); message.next()) {
            const Span span = spanOf(end, *message, segment.sender);
            if (carries(segment, span.sender, span.from, span.to))
                steps.emplace_back(message->step);
        }
        for (const Event &event : end.connection->events) {
            const Span span = spanOf(end, event);
            if (carries(segment, span.sender, span.from, span.to) || resetRowOf(end, event) == row.value())
                steps.emplace_back(event.step);
        }
    }
    sortSteps(steps);
    return steps;
}

std::vector<StepRow> StepMatch::acknowledgedBy(int flow, FlowRow row) const
{
    std::vector<StepRow> steps;
    const Flow &whole = m_table.at(flow);
    const FlowSegment &segment = whole.at(row.value());
    const Side sender = otherEnd(segment.sender);
    if (!segment.has(Segment::Ack) || whole.ackRowOf(sender, segment.acknowledged) != row.value())
        return steps;
    const qint64 before = whole.acknowledgedBefore(row.value());
    for (const End &end : endsOf(flow, Ends::WithAttempts)) {
        const MessageList &messages = sender == end.side ? end.connection->sent : end.connection->received;
        for (MessageList::Cursor message(messages, messages.firstBeyond(before));
             !message.atEnd() && message->end() <= segment.acknowledged; message.next()) {
            const Span span = spanOf(end, *message, sender);
            if (span.from < span.to)
                steps.emplace_back(message->step);
        }
        for (const Event &event : end.connection->events) {
            const Span span = spanOf(end, event);
            if (span.from < span.to && span.sender == sender && span.to > before && span.to <= segment.acknowledged)
                steps.emplace_back(event.step);
        }
    }
    sortSteps(steps);
    return steps;
}
