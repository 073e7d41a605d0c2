// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "replies/replydecider.h"
#include "replies/replyrules.h"

using Fuzz::check;

/// Rules as JSON. The same bytes are a message for the rules.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Input input(data, size);
    const QByteArray all = input.rest().toByteArray();
    const qsizetype line = all.indexOf('\n');
    const QByteArray json = all.startsWith('{') ? all : all.mid(line + 1);
    const QByteArray message = all.first(qMax<qsizetype>(0, line));

    const ReplyRules::Read read = ReplyRules::read(json);
    check(read.error.isEmpty() || read.rules.isEmpty(), "either rules or an error");
    for (const ReplyRule &rule : read.rules)
        check(rule.mistakes().isEmpty(), "rules of a file have no mistake");
    const ReplyRules::Read again = ReplyRules::read(ReplyRules::write(read.rules));
    check(again.error.isEmpty() && again.rules == read.rules, "rules come back as they were written");

    ReplyDecider decider;
    decider.setMode(ReplyMode::Rules);
    decider.setRules(read.rules);
    for (const QByteArray &tried : {message, all}) {
        const auto decision = decider.answer(tried);
        check(!decision.reply || decision.rule >= 0, "a rule answers");
        if (decision.reply)
            check(decision.reply->message.fill({}).size() <= TypedMessage::maxBytes + qsizetype(all.size()) * 64,
                  "replies are bounded");
    }
    decider.answerAccept();
    return 0;
}
