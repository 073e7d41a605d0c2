// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replydecider.h"

void ReplyDecider::setFixed(const MessageTemplate &message, int delayMs)
{
    m_fixed.message = message;
    m_fixed.sends = !message.isEmpty();
    m_fixed.delayMs = delayMs;
}

void ReplyDecider::setRules(const QList<ReplyRule> &rules)
{
    m_rules = rules;
    m_compiled.clear();
    m_compiled.reserve(size_t(rules.size()));
    QHash<int, qint64> counts;
    for (const ReplyRule &rule : rules) {
        m_compiled.push_back({.condition = RuleCondition(rule),
                              .reply = rule.reply.read(rule.lastGroup()).message,
                              .isUsed = rule.isEnabled && rule.mistakes().isEmpty()});
        counts.insert(rule.id, m_counts.value(rule.id));
    }
    m_counts = counts;
}

ReplyDecider::Decision ReplyDecider::answer(const QByteArray &message)
{
    Decision decision;
    if (m_mode == ReplyMode::Echo)
        decision.reply = PlannedReply{.message = message, .pieces = {}, .delayMs = m_fixed.delayMs};
    RuleSubject subject(message);
    for (qsizetype i = 0; m_mode == ReplyMode::Rules && i < m_rules.size(); ++i) {
        if (tryRule(i, subject, decision))
            return decision;
    }
    const bool isFixed = m_mode == ReplyMode::Fixed || m_mode == ReplyMode::Rules;
    if (isFixed && m_fixed.sends)
        decision.reply = m_fixed;
    return decision;
}

/// Whether the rule answers the message.
bool ReplyDecider::tryRule(qsizetype index, RuleSubject &subject, Decision &decision)
{
    const ReplyRule &rule = m_rules[index];
    const Compiled &compiled = m_compiled[size_t(index)];
    if (!compiled.isUsed || rule.isEvent())
        return false;
    QList<QByteArray> captures;
    const auto result = compiled.condition.tryOn(subject, compiled.reply.hasCaptures() ? &captures : nullptr);
    if (result == RuleCondition::Result::Stopped)
        decision.notes.append(tr("%1 does not fit: its expression takes too long on this message and was stopped")
                                  .arg(nameOf(rule, index)));
    if (result != RuleCondition::Result::Fits || !mayAnswer(rule))
        return false;
    plan(index, subject.message(), captures, decision);
    return true;
}

ReplyDecider::Decision ReplyDecider::answerAccept()
{
    Decision decision;
    for (qsizetype i = 0; m_mode == ReplyMode::Rules && i < m_rules.size(); ++i) {
        const bool isMeant = m_rules[i].when == ReplyRule::When::Accept && m_compiled[size_t(i)].isUsed;
        if (isMeant && mayAnswer(m_rules[i])) {
            plan(i, {}, {}, decision);
            break;
        }
    }
    return decision;
}

ReplyDecider::Decision ReplyDecider::answerTimer(int rule)
{
    Decision decision;
    const bool isMeant = m_mode == ReplyMode::Rules && rule >= 0 && rule < m_rules.size() && m_rules[rule].isTimed() &&
                         m_compiled[size_t(rule)].isUsed;
    if (isMeant && mayAnswer(m_rules[rule]))
        plan(rule, {}, {}, decision);
    return decision;
}

/// The condition of the rule is met. Whether it answers this time.
bool ReplyDecider::mayAnswer(const ReplyRule &rule)
{
    const qint64 count = ++m_counts[rule.id];
    switch (rule.often) {
    case ReplyRule::Often::Always:
        break;
    case ReplyRule::Often::First:
        return count <= rule.times;
    case ReplyRule::Often::From:
        return count >= rule.times;
    }
    return true;
}

void ReplyDecider::plan(qsizetype index, const QByteArray &message, const QList<QByteArray> &captures,
                        Decision &decision) const
{
    const ReplyRule &rule = m_rules[index];
    PlannedReply reply{.sends = rule.answer != ReplyRule::Answer::None,
                       .pieces = rule.pieces,
                       .gapMs = rule.gapMs,
                       .delayMs = rule.delayMs,
                       .then = rule.then,
                       .to = rule.to};
    bool isCut = false;
    if (rule.answer == ReplyRule::Answer::Echo)
        reply.message = message;
    else if (reply.sends)
        reply.message = m_compiled[size_t(index)].reply.withCaptures(captures, TypedMessage::maxBytes, &isCut);
    if (isCut)
        decision.notes.append(tr("The reply of %1 is longer than 16 MiB and was cut").arg(nameOf(rule, index)));
    decision.rule = int(index);
    decision.reply = reply;
}

QString ReplyDecider::nameOf(const ReplyRule &rule, qsizetype index)
{
    return rule.name.isEmpty() ? tr("Rule %1").arg(index + 1) : tr("Rule %1 (%2)").arg(index + 1).arg(rule.name);
}
