// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"
#include "conversation/connection.h"
#include "input.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using Fuzz::check;

namespace {

bool isWithin(const std::optional<int> &value, int lowest)
{
    return !value || *value >= lowest;
}

void checkCommon(const CommonOptions &options, int lowestPort)
{
    check(!options.port || *options.port >= lowestPort, "a port is in its range");
    check(!options.closeDelayMs || *options.closeDelayMs >= 0 || *options.closeDelayMs == ConnectionSettings::never,
          "a close delay is a time or never");
    for (const auto &framing : {options.framing, options.sendFraming})
        check(!framing || Framing::parse(QString::fromLatin1(framing->text())) == framing, "a framing has a text");
    check(options.exportPath.isEmpty() || !options.openPath.isEmpty(), "only what was opened is exported");
}

void checkOptions(const ServerOptions &options)
{
    checkCommon(options, 0);
    check(isWithin(options.replyDelayMs, 0), "a reply delay is not negative");
    check(!options.address || !options.address->isNull(), "an address is one");
    check(std::all_of(options.allowed.begin(), options.allowed.end(),
                      [](const Subnet &subnet) { return !subnet.first.isNull() && subnet.second >= 0; }),
          "a subnet is one");
    check(!options.once || options.headless, "--once is for headless runs");
}

void checkOptions(const ClientOptions &options)
{
    checkCommon(options, 1);
    check(isWithin(options.timeoutMs, 0), "a time-out is not negative");
    check(!options.host || !options.host->trimmed().isEmpty(), "a host has a name");
}

/// If the program cannot continue, there is one line to print, and nothing in it can forge another line.
template<typename Options>
void checkParse(const QString &program, const QStringList &arguments)
{
    Options options;
    const CommandLine::Outcome outcome = CommandLine::parse(QStringList{program} + arguments, options);
    if (outcome.text.isEmpty()) {
        check(outcome.status == 0, "without a word the program goes on");
        checkOptions(options);
    } else if (outcome.status == 0) {
        check(outcome.text.startsWith("Usage: "_L1) || outcome.text.startsWith("TCP Steps"_L1),
              "only the help and the version end well");
    } else {
        check(outcome.status == 2, "a wrong command line is status 2");
        check(std::none_of(outcome.text.begin(), outcome.text.end(),
                           [](QChar character) {
                               return character.category() == QChar::Other_Control ||
                                      character.category() == QChar::Other_Format ||
                                      character == QChar::LineSeparator || character == QChar::ParagraphSeparator;
                           }),
              "an error is one harmless line");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz_commandline";
    static char *argv[] = {name, nullptr};
    static const QCoreApplication application(argc, argv);

    // As in /proc/PID/cmdline, each argument ends with a NUL.
    const QByteArray bytes = Fuzz::Input(data, size).rest().toByteArray();
    QStringList arguments;
    for (const QByteArray &argument : bytes.split('\0'))
        arguments.append(QString::fromLocal8Bit(argument));
    if (arguments.last().isEmpty())
        arguments.removeLast();
    checkParse<ServerOptions>(u"server_gui"_s, arguments);
    checkParse<ClientOptions>(u"client_gui"_s, arguments);
    return 0;
}
