// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "verdicts.h"

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace {

/// A state of one end since a moment.
struct Since {
    qint64 us = 0;
    TcpState state = TcpState::Closed;
    bool sendsFin = false;
    const LinkTruth::Packet *received = nullptr;
    bool isDamaged = false; ///< because of a segment that its TCP has discarded, which the capture does not tell
};

struct Timeline {
    Side end = Side::Client;
    QString view;
    bool hasFinWaited = false; ///< see hasFinWaited()
    TcpState initial = TcpState::Closed;
    std::vector<Since> states;

    using Iterator = std::vector<Since>::const_iterator;
    Iterator after(qint64 us) const { return std::ranges::upper_bound(states, us, {}, &Since::us); }
    TcpState before(Iterator since) const { return since == states.begin() ? initial : std::prev(since)->state; }
};

constexpr qint64 toleranceUs = 1000; ///< between a segment's capture and what the kernel does because of it
/// The same if the kernel is late: a segment waits while the program is in a system call on its socket, which a busy
/// machine may interrupt.
constexpr qint64 maxDelayUs = 50'000;

TcpState asKernel(TcpState state)
{
    return state == TcpState::Listen ? TcpState::Closed : state;
}

/// The kernel knows what the program has asked for before the segments leave.
bool isAboutToLeave(TcpState inferred, TcpState kernel, bool finHasLeft)
{
    using enum TcpState;
    return (inferred == Closed && kernel == SynSent) ||
           (!finHasLeft && inferred == Established && kernel == FinWait1) ||
           (!finHasLeft && inferred == CloseWait && kernel == LastAck);
}

/// Whether the kernel's state is one that was inferred from \a patienceUs before the sample until the sample was taken.
bool fits(const Timeline &timeline, const StateSample &sample, qint64 patienceUs)
{
    const TcpState kernel = sample.states.at(size_t(timeline.end));
    const auto first = timeline.after(sample.beforeUs - patienceUs);
    const auto last = timeline.after(sample.afterUs + toleranceUs);
    const bool finHasLeft = std::any_of(timeline.states.begin(), last,
                                        [&](const Since &s) { return s.sendsFin && s.us < sample.beforeUs; });
    const auto isKernels = [&](TcpState state) {
        return asKernel(state) == kernel || isAboutToLeave(asKernel(state), kernel, finHasLeft);
    };
    return isKernels(timeline.before(first)) ||
           std::any_of(first, last, [&](const Since &since) { return isKernels(since.state); });
}

/// Whether the kernel has only been late: it had the inferred state shortly afterwards.
bool isLate(const Timeline &timeline, std::span<const StateSample> samples)
{
    const StateSample &sample = samples.front();
    return fits(timeline, sample, maxDelayUs) && std::ranges::any_of(samples, [&](const StateSample &later) {
               return later.beforeUs <= sample.afterUs + maxDelayUs && fits(timeline, later, toleranceUs);
           });
}

void compare(const Timeline &timeline, std::span<const StateSample> samples, WeatherReport &report)
{
    for (; !samples.empty(); samples = samples.subspan(1)) {
        const StateSample &sample = samples.front();
        const auto first = timeline.after(sample.beforeUs - toleranceUs);
        if (first != timeline.states.begin() && std::prev(first)->isDamaged)
            report.count(u"states after a corrupted segment, not compared"_s);
        else if (fits(timeline, sample, toleranceUs))
            report.count(u"states compared"_s);
        else if (timeline.hasFinWaited)
            report.count(u"states after a FIN that waited, not compared"_s);
        else if (isLate(timeline, samples))
            report.count(u"states that changed late"_s);
        else
            report.fault(u"state of the %1, %2: %3 instead of %4"_s.arg(
                             sideWords.at(size_t(timeline.end)), timeline.view, tcpStateName(timeline.before(first)),
                             tcpStateName(sample.states.at(size_t(timeline.end)))),
                         u"at %1"_s.arg(sample.beforeUs));
    }
}

Since sinceRow(const FlowSegment &segment, const LinkTruth::Packet &packet, Side end, qint64 us)
{
    const bool isSender = segment.sender == end;
    return {.us = us,
            .state = isSender ? segment.senderState : segment.receiverState,
            .sendsFin = isSender && segment.has(Segment::Fin),
            .received = isSender ? nullptr : &packet};
}

/// How long an inferred state is that of an end that has taken corrupted segments, too: until what they carried has
/// arrived again, or anything after one that carried nothing.
void spreadDamage(std::vector<Since> &states)
{
    Positions received;
    std::vector<const LinkTruth::Packet *> damaged;
    for (Since &since : states) {
        if (since.received && since.received->isCorrupted) {
            damaged.push_back(since.received);
        } else if (since.received) {
            received.add(since.received->start, since.received->end);
            std::erase_if(damaged, [&](const auto *packet) { return received.hasAll(packet->start, packet->end); });
        }
        since.isDamaged = !damaged.empty();
    }
}

/// Whether the FIN of the other end has arrived while the own one, which the program had asked for, still waited behind
/// bytes. The kernel is then in CLOSING; on the wire it looks like LAST-ACK.
bool hasFinWaited(const EndView &view, const LinkTruth &truth, const std::vector<StateSample> &samples)
{
    bool hasReceivedFin = false;
    for (qsizetype row = 0; row < view.flow().count(); ++row) {
        const LinkTruth::Packet &packet = truth.at(view.packetOf(row));
        if (!packet.segment.has(Segment::Fin))
            continue;
        if (packet.from == view.at())
            return hasReceivedFin && std::ranges::any_of(samples, [&](const StateSample &sample) {
                       return sample.states.at(size_t(view.at())) == TcpState::Closing;
                   });
        hasReceivedFin |= packet.hasArrived();
    }
    return false;
}

/// Whether the other end's last segment is a repeated FIN. It may have crossed the acknowledgement of an earlier one; a
/// capture at this end does not tell whether that arrived.
bool endsWithRepeatedFin(const EndView &view, const LinkTruth &truth)
{
    const Side other = otherEnd(view.at());
    const LinkTruth::Packet &last = truth.at(truth.departures(other).back());
    return last.segment.has(Segment::Fin) && last.repeats;
}

} // namespace

/// Of the end where the capture was made, at all times, and of the other one, in the end.
void Verdicts::compareStates(const EndView &view, const Views &views, const LinkTruth &truth,
                             const std::vector<StateSample> &samples, WeatherReport &report)
{
    const Flow &flow = view.flow();
    Timeline own{view.at(), u"captured there"_s, hasFinWaited(view, truth, samples), flow.stateBefore(view.at()), {}};
    for (qsizetype row = 0; row < flow.count(); ++row)
        own.states.push_back(sinceRow(flow.at(row), truth.at(view.packetOf(row)), view.at(), flow.at(row).timeUs));
    spreadDamage(own.states);
    compare(own, samples, report);
    const Side other = otherEnd(view.at());
    const TcpState kernel = samples.back().states.at(size_t(other));
    if (endsWithRepeatedFin(view, truth) || hasFinWaited(*views.at(size_t(other)), truth, samples))
        report.count(u"final states after a repeated FIN, or one that waited, not compared"_s);
    else if (asKernel(flow.state(other)) != kernel)
        report.fault(u"final state of the other end"_s,
                     u"of the %1: %2 instead of %3"_s.arg(sideWords.at(size_t(other)), tcpStateName(flow.state(other)),
                                                          tcpStateName(kernel)));
}

/// Of both ends, when segments left and arrived.
void Verdicts::compareJointStates(const Flow &joint, const Views &views, const LinkTruth &truth,
                                  const std::vector<StateSample> &samples, WeatherReport &report)
{
    const Transits &transits = *joint.transits();
    for (const Side end : bothSides) {
        const bool hasWaited = hasFinWaited(*views.at(size_t(end)), truth, samples);
        Timeline timeline{end, u"joint"_s, hasWaited, joint.stateBefore(end), {}};
        for (qsizetype row = 0; row < joint.count(); ++row) {
            const Transit &transit = transits.rows[size_t(row)];
            const quint32 line = joint.at(row).sender == end ? transit.departureLine : transit.arrivalLine;
            if (line == Transit::noLine)
                continue;
            const Transits::Line &shown = transits.lines[line];
            const EndView &view = *views.at(shown.capture);
            const qint64 us = view.flow().at(shown.captureRow).timeUs;
            timeline.states.push_back(sinceRow(joint.at(row), truth.at(view.packetOf(shown.captureRow)), end, us));
        }
        std::ranges::stable_sort(timeline.states, {}, &Since::us);
        spreadDamage(timeline.states);
        compare(timeline, samples, report);
        const TcpState kernel = samples.back().states.at(size_t(end));
        if (!hasWaited && asKernel(joint.state(end)) != kernel)
            report.fault(u"final state, joint"_s,
                         u"of the %1: %2 instead of %3"_s.arg(sideWords.at(size_t(end)), tcpStateName(joint.state(end)),
                                                              tcpStateName(kernel)));
    }
}
