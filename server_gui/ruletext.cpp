// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ruletext.h"

#include "replies/replydecider.h"
#include "steps/steptext.h"

#include <QDateTime>

namespace {

struct RuleTextStrings {
    Q_DECLARE_TR_FUNCTIONS(RuleText)
};

constexpr qsizetype shownCharacters = 60;

QString quoted(QByteArrayView bytes)
{
    return RuleTextStrings::tr("“%1”").arg(StepText::escaped(bytes, shownCharacters).text);
}

QString condition(const ReplyRule &rule)
{
    const auto message = [&rule] { return quoted(rule.message.read().message.fill({})); };
    switch (rule.when) {
    case ReplyRule::When::Equals:
        return RuleTextStrings::tr("equals %1").arg(message());
    case ReplyRule::When::Contains:
        return RuleTextStrings::tr("contains %1").arg(message());
    case ReplyRule::When::Begins:
        return RuleTextStrings::tr("begins with %1").arg(message());
    case ReplyRule::When::Matches:
        return RuleTextStrings::tr("matches %1").arg(rule.expression);
    case ReplyRule::When::Accept:
        return RuleTextStrings::tr("on accept");
    case ReplyRule::When::Silence:
        return RuleTextStrings::tr("after %1 ms of silence").arg(rule.ms);
    case ReplyRule::When::Every:
        return RuleTextStrings::tr("every %1 ms").arg(rule.ms);
    }
    return {};
}

QString action(ReplyRule::Then then)
{
    switch (then) {
    case ReplyRule::Then::Nothing:
        break;
    case ReplyRule::Then::Close:
        return RuleTextStrings::tr("Then it closes the connection.");
    case ReplyRule::Then::HalfClose:
        return RuleTextStrings::tr("Then it half-closes the connection.");
    case ReplyRule::Then::Reset:
        return RuleTextStrings::tr("Then it resets the connection.");
    }
    return {};
}

QString frequency(const ReplyRule &rule)
{
    switch (rule.often) {
    case ReplyRule::Often::Always:
        break;
    case ReplyRule::Often::First:
        return rule.times == 1 ? RuleTextStrings::tr("It answers only the first time.")
                               : RuleTextStrings::tr("It answers only the first %1 times.").arg(rule.times);
    case ReplyRule::Often::From:
        return RuleTextStrings::tr("It answers from time %1 on.").arg(rule.times);
    }
    return {};
}

} // namespace

QString RuleText::title(const ReplyRule &rule, qsizetype index)
{
    return RuleTextStrings::tr("%1. %2").arg(QString::number(index + 1),
                                             rule.name.isEmpty() ? condition(rule) : rule.name);
}

QString RuleText::trial(const QList<ReplyRule> &rules, const QByteArray &message)
{
    QList<ReplyRule> always = rules;
    for (ReplyRule &rule : always)
        rule.often = ReplyRule::Often::Always;
    ReplyDecider decider;
    decider.setMode(ReplyMode::Rules);
    decider.setRules(always);
    const ReplyDecider::Decision decision = decider.answer(message);
    QStringList sentences;
    for (const QString &note : decision.notes)
        sentences.append(RuleTextStrings::tr("%1.").arg(note));
    if (!decision.reply) {
        sentences.append(RuleTextStrings::tr("No rule fits. The reply in the server's window answers."));
        return sentences.join(u' ');
    }
    const QString name = ReplyDecider::nameOf(rules.at(decision.rule), decision.rule);
    const QByteArray reply =
        decision.reply->message.fill({.counter = 1, .wallUs = QDateTime::currentMSecsSinceEpoch() * 1000});
    sentences.append(
        decision.reply->sends
            ? RuleTextStrings::tr("%1 answers %2 (%3).").arg(name, quoted(reply), StepText::exactSize(reply.size()))
            : RuleTextStrings::tr("%1 fits and sends nothing.").arg(name));
    sentences.append(action(decision.reply->then));
    sentences.append(frequency(rules.at(decision.rule)));
    sentences.removeAll(QString());
    return sentences.join(u' ');
}
