// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkoptions.h"

#include "link/linkrules.h"
#include "optionreader.h"

using namespace Qt::StringLiterals;

namespace {

struct LinkStrings {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

void LinkOptions::add(OptionReader &reader)
{
    reader.add({u"link"_s},
               LinkStrings::tr("In the lab: run the command that follows --, and carry the packets between "
                               "192.0.2.1 and 192.0.2.2"));
    reader.add({u"network"_s}, LinkStrings::tr("With --link: what happens to the packets, as in 'delay 50ms; loss 2%'"),
               u"RULES"_s);
}

QList<LinkRule> LinkOptions::readNetwork(OptionReader &reader)
{
    if (reader.isSet("network"_L1) && !reader.isSet("link"_L1))
        reader.fail(LinkStrings::tr("--network needs --link"));
    const LinkRules::Read read = LinkRules::read(reader.text("network"_L1));
    if (!read.error.isEmpty())
        reader.fail(LinkStrings::tr("--network: %1").arg(read.error));
    return read.rules;
}

QStringList LinkOptions::readCommand(OptionReader &reader)
{
    if (reader.isSet("link"_L1) && reader.command().isEmpty())
        reader.fail(LinkStrings::tr("--link needs a command, as in --link -- COMMAND"));
    return reader.command();
}
