// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "headings.h"

#include <map>

using namespace Qt::StringLiterals;

namespace {

constexpr auto handshake = "# The TCP three-way handshake"_L1;
constexpr auto handshakeSimultaneous = "# The TCP handshake, simultaneous open"_L1;
constexpr auto handshakeRefused = "# The TCP handshake, refused"_L1;
constexpr auto handshakeUnanswered = "# The TCP handshake, unanswered"_L1;
constexpr auto handshakeUnfinished = "# The TCP handshake, unfinished"_L1;
constexpr auto begins = "# The capture begins after the handshake"_L1;
constexpr auto beginsWithError = "# The capture begins with an ICMP error"_L1;
constexpr auto data = "# Send / Recv data"_L1;
constexpr auto wave = "# The TCP wave"_L1;
constexpr auto waveFourWay = "# The TCP four-way wave"_L1;
constexpr auto waveThreeWay = "# The TCP three-way wave (the second FIN carries the ACK)"_L1;
constexpr auto waveSimultaneous = "# The TCP wave, simultaneous close"_L1;
constexpr auto waveFirstHalf = "# The TCP wave, first half"_L1;
constexpr auto oneWay = "# Send / Recv data, one way"_L1;
constexpr auto waveSecondHalf = "# The TCP wave, second half"_L1;
constexpr auto waveCutOff = "# The TCP wave, cut off by a reset"_L1;
constexpr auto waveUnfinished = "# The TCP wave, unfinished"_L1;
constexpr auto resetHeading = "# The TCP reset"_L1;

QLatin1StringView refusedBy(const IcmpError &error)
{
    static const std::map<QLatin1StringView, QByteArray> texts = [] {
        std::map<QLatin1StringView, QByteArray> made;
        for (const QLatin1StringView name : IcmpError::names())
            made.emplace(name, "# The TCP handshake, refused (ICMP " + QByteArray(name.data(), name.size()) + ')');
        return made;
    }();
    return QLatin1StringView(texts.at(error.name()));
}

} // namespace

void Headings::add(qsizetype row, QLatin1StringView text, bool isFinal)
{
    m_list.push_back({row, text, isFinal});
}

void Headings::showOpening(QLatin1StringView text, bool isFinal)
{
    Heading &heading = m_list[m_openingHeading];
    heading.text = text;
    heading.isFinal = isFinal;
}

void Headings::decideOpening(QLatin1StringView text)
{
    m_opening = Opening::Decided;
    showOpening(text, true);
}

/// Of an opening without an answer.
QLatin1StringView Headings::unanswered() const
{
    return m_refusedByError.isEmpty() ? handshakeUnanswered : m_refusedByError;
}

void Headings::decideClosing(QLatin1StringView text)
{
    m_closing = Closing::Decided;
    Heading &heading = m_list[m_closingHeading];
    heading.text = text;
    heading.isFinal = true;
}

/// The first segment, or the SYN of another attempt to connect.
void Headings::begin(qsizetype row, const FlowSegment &segment)
{
    const bool opens = segment.has(Segment::Syn);
    m_opener = segment.sender;
    m_opening = opens ? Opening::Unanswered : Opening::Decided;
    m_closing = Closing::None;
    m_isFinRepeated = false;
    m_hasBegun = true;
    m_hasData = m_wasReset = false;
    m_refusedByError = {};
    m_openingHeading = m_list.size();
    add(row, opens ? handshake : begins, !opens);
}

void Headings::append(qsizetype row, const FlowSegment &segment, const ResetEffect &effect)
{
    if (!m_hasBegun || (m_wasReset && segment.has(Segment::Syn) && !segment.has(Segment::Ack)))
        begin(row, segment);
    if (segment.has(FlowSegment::Stray))
        return;
    if (segment.has(Segment::Rst))
        return reset(row, segment, effect);
    open(segment);
    if (segment.has(Segment::Syn))
        return;
    const bool startsClosing = m_closing == Closing::None && segment.has(Segment::Fin);
    if (m_closing != Closing::None || startsClosing)
        return close(row, segment);
    if (segment.newBytes > 0 && !std::exchange(m_hasData, true))
        add(row, data);
}

void Headings::appendError(qsizetype row, const FlowSegment &segment, const IcmpError &error)
{
    if (m_list.empty())
        add(row, beginsWithError);
    const bool isAboutSyn = m_hasBegun && m_opening == Opening::Unanswered && segment.sender != m_opener;
    if (!isAboutSyn || segment.has(FlowSegment::IgnoredError) || !error.mayEndAttempt())
        return;
    m_refusedByError = refusedBy(error);
    showOpening(m_refusedByError, true);
}

void Headings::open(const FlowSegment &segment)
{
    if (m_opening == Opening::Decided)
        return;
    if (!segment.has(Segment::Syn)) {
        if (segment.has(Segment::Ack) && segment.senderState != TcpState::Closed && segment.sender == Side::Client)
            decideOpening(handshake);
    } else if (segment.has(Segment::Ack)) {
        m_opening = Opening::Answered;
        showOpening(handshake, false);
    } else if (segment.sender != m_opener && m_opening == Opening::Unanswered) {
        decideOpening(handshakeSimultaneous);
    }
}

void Headings::close(qsizetype row, const FlowSegment &segment)
{
    if (m_closing == Closing::None) {
        m_closing = Closing::FirstFin;
        m_closer = segment.sender;
        m_finEnd = segment.end();
        m_finAcknowledges = segment.acknowledged;
        m_closingHeading = m_list.size();
        return add(row, wave, false);
    }
    m_isFinRepeated |= segment.sender == m_closer && segment.has(Segment::Fin) && m_closing == Closing::FirstFin;
    if (m_closing == Closing::Decided || segment.sender == m_closer)
        return;
    if (segment.has(Segment::Fin))
        return secondFin(row, segment);
    if (m_closing == Closing::OneWay)
        return;
    if (segment.newBytes > 0) {
        decideClosing(waveFirstHalf);
        m_closing = Closing::OneWay;
        add(row, oneWay);
    } else if (segment.has(Segment::Ack) && segment.acknowledged >= m_finEnd) {
        if (m_closing == Closing::FirstFin)
            m_finAckedFrom = segment.offset;
        m_closing = Closing::FirstFinAcked;
    }
}

void Headings::secondFin(qsizetype row, const FlowSegment &segment)
{
    if (m_closing == Closing::OneWay) {
        m_closing = Closing::Decided;
        return add(row, waveSecondHalf);
    }
    const bool acknowledges = segment.has(Segment::Ack) && segment.acknowledged >= m_finEnd;
    if (m_closing == Closing::FirstFinAcked)
        decideClosing(m_finAckedFrom >= segment.end() && !m_isFinRepeated ? waveSimultaneous : waveFourWay);
    // If the first FIN acknowledges the second one, the capture has them in the wrong order.
    else if (acknowledges || m_finAcknowledges >= segment.end())
        decideClosing(waveThreeWay);
    else
        decideClosing(waveSimultaneous);
}

void Headings::reset(qsizetype row, const FlowSegment &segment, const ResetEffect &effect)
{
    if (effect.isIgnored())
        return;
    m_wasReset = true;
    if (m_closing == Closing::Decided)
        return;
    if (m_opening == Opening::Unanswered && segment.sender != m_opener) {
        m_closing = Closing::Decided;
        return decideOpening(handshakeRefused);
    }
    if (m_closing == Closing::FirstFin || m_closing == Closing::FirstFinAcked)
        return decideClosing(waveCutOff);
    if (m_opening != Opening::Decided)
        decideOpening(m_opening == Opening::Unanswered ? unanswered() : handshakeUnfinished);
    m_closing = Closing::Decided;
    add(row, resetHeading);
}

void Headings::swapEnds()
{
    m_opener = otherEnd(m_opener);
    m_closer = otherEnd(m_closer);
}

void Headings::setEnded(bool ended)
{
    const bool isRefused = m_opening == Opening::Unanswered && !m_refusedByError.isEmpty();
    if (m_hasBegun && m_opening != Opening::Decided && !isRefused) {
        const auto text = m_opening == Opening::Unanswered ? handshakeUnanswered : handshakeUnfinished;
        showOpening(ended ? text : handshake, ended);
    }
    if (m_closing == Closing::FirstFin || m_closing == Closing::FirstFinAcked) {
        Heading &heading = m_list[m_closingHeading];
        heading.text = ended ? waveUnfinished : wave;
        heading.isFinal = ended;
    }
}
