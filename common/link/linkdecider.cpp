// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkdecider.h"

#include "linkdice.h"

#include <algorithm>

void LinkDecider::setRules(const QList<LinkRule> &rules)
{
    m_rules = rules;
    m_states.clear();
    m_seed = defaultSeed;
    std::array<quint64, LinkRule::verbs.size()> ordinals{};
    for (const LinkRule &rule : rules) {
        State state;
        state.ordinal = ordinals.at(size_t(rule.verb))++;
        m_states.push_back(state);
        if (rule.verb == LinkVerb::Seed)
            m_seed = rule.seed;
    }
    stopHolding();
    for (const LinkRule &rule : rules) {
        for (const Side end : bothSides) {
            if (rule.verb == LinkVerb::Hold && !rule.segment && rule.end.value_or(end) == end)
                m_holds.at(size_t(end)) = true;
        }
    }
}

LinkFate LinkDecider::decide(const LinkPacket &packet, LinkTime now)
{
    LinkFate fate;
    fate.due = now;
    if (isLostByHand(packet))
        fate.loss = LinkLoss::Hand;
    for (size_t i = 0; i < m_states.size() && fate.loss == LinkLoss::None; ++i) {
        const LinkRule &rule = m_rules.at(qsizetype(i));
        const bool isMeant = rule.end.value_or(packet.from) == packet.from;
        const bool isNamed = !rule.segment || rule.verb == LinkVerb::Hold || packet.counted.has(*rule.segment);
        if (isMeant && isNamed)
            apply(i, packet, fate);
    }
    if (packet.counted.names.isEmpty())
        ++m_nameless.at(size_t(packet.from));
    if (fate.loss != LinkLoss::None)
        return fate;
    LinkTime &last = m_last.at(size_t(packet.from));
    last = std::max(fate.due, last);
    fate.due = last + fate.late;
    fate.isHeld = m_holds.at(size_t(packet.from));
    return fate;
}

void LinkDecider::loseNext(Side from, SegmentKind kind)
{
    m_losingNext.append({from, kind});
}

QStringList LinkDecider::losingNext() const
{
    QStringList texts;
    for (const auto &[from, kind] : m_losingNext)
        texts.append(sideWords.at(size_t(from)) + u' ' + segmentKindWords.at(size_t(kind)));
    return texts;
}

/// Forgets that this packet had to be lost.
bool LinkDecider::isLostByHand(const LinkPacket &packet)
{
    const auto asked = std::find_if(m_losingNext.cbegin(), m_losingNext.cend(), [&packet](const auto &next) {
        return next.first == packet.from && packet.counted.has(next.second);
    });
    if (asked == m_losingNext.cend())
        return false;
    m_losingNext.erase(asked);
    return true;
}

void LinkDecider::apply(size_t rule, const LinkPacket &packet, LinkFate &fate)
{
    const LinkRule &what = m_rules.at(qsizetype(rule));
    const quint64 drawn = number(rule, packet);
    const bool isHit = LinkDice::below(drawn, LinkRule::always) < what.chance;
    switch (what.verb) {
    case LinkVerb::Delay:
        return delay(what, drawn, fate);
    case LinkVerb::Loss:
        fate.loss = isHit ? LinkLoss::Chance : fate.loss;
        return;
    case LinkVerb::Duplicate:
        fate.copies += isHit || what.segment ? 1 : 0;
        return;
    case LinkVerb::Reorder:
        fate.late += isHit ? what.delay : LinkRule::Duration();
        return;
    case LinkVerb::Corrupt:
        if (isHit && packet.corruptible > 0)
            fate.corruptedBit =
                packet.corruptibleAt * 8 + quint32(LinkDice::below(LinkDice::mixed(drawn), packet.corruptible * 8));
        return;
    case LinkVerb::Rate:
        return pass(what, m_states.at(rule).bottlenecks.at(size_t(packet.from)), packet, fate);
    case LinkVerb::Drop:
        fate.loss = LinkLoss::Rule;
        return;
    case LinkVerb::Hold:
        return holdFrom(rule, packet);
    case LinkVerb::Seed:
    case LinkVerb::Mtu:
        return;
    }
}

void LinkDecider::delay(const LinkRule &rule, quint64 number, LinkFate &fate)
{
    if (rule.segment) {
        fate.late += rule.delay;
        return;
    }
    const auto most = quint32(2 * rule.jitter.count() + 1);
    fate.due += rule.delay - rule.jitter + LinkRule::Duration(LinkDice::below(number, most));
}

/// The packet waits until those before it have been sent, and is then sent itself.
void LinkDecider::pass(const LinkRule &rule, Bottleneck &bottleneck, const LinkPacket &packet, LinkFate &fate)
{
    std::deque<LinkTime> &finished = bottleneck.finished;
    while (!finished.empty() && finished.front() <= fate.due)
        finished.pop_front();
    if (finished.size() > size_t(rule.queue)) { // one of them is being sent, and does not wait
        fate.loss = LinkLoss::Queue;
        return;
    }
    const qint64 bits = qint64(packet.bytes) * 8;
    const LinkTime needed(bits * std::nano::den / rule.bitsPerSecond);
    bottleneck.free = std::max(bottleneck.free, fate.due) + needed;
    finished.push_back(bottleneck.free);
    fate.due = bottleneck.free;
}

void LinkDecider::holdFrom(size_t rule, const LinkPacket &packet)
{
    const auto &awaited = m_rules.at(qsizetype(rule)).segment;
    bool &isOver = m_states.at(rule).isOver;
    if (!awaited || isOver || !packet.counted.has(awaited->kind))
        return;
    isOver = true;
    m_holds = {true, true};
}

void LinkDecider::stopHolding()
{
    m_holds = {};
}

/// Follows from the seed, the rule, and the first name of the segment.
quint64 LinkDecider::number(size_t rule, const LinkPacket &packet) const
{
    const LinkVerb verb = m_rules.at(qsizetype(rule)).verb;
    const auto &names = packet.counted.names;
    constexpr auto nameless = SegmentName{SegmentKind(segmentKindWords.size()), 0, 0};
    const SegmentName name = names.isEmpty() ? nameless : names.first();
    const quint64 number = names.isEmpty() ? m_nameless.at(size_t(packet.from)) : name.number;
    return LinkDice::number(m_seed, {quint64(verb), m_states.at(rule).ordinal, quint64(packet.from),
                                     packet.counted.connection, quint64(name.kind), number, name.copy});
}
