// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include "base/errand.h"
#include "capture/captureinput.h"
#include "conversation/client.h"
#include "export/export.h"
#include "export/exportkind.h"
#include "headlessrun.h"
#include "linkrun.h"
#include "steps/steptext.h"
#include "tcpdump/dumpwire.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <type_traits>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

struct ProgramStrings {
    Q_DECLARE_TR_FUNCTIONS(Program)
};

void printLine(FILE *stream, const QString &line)
{
    std::fputs((line + u'\n').toUtf8().constData(), stream);
}

void setNames(Side side)
{
    QCoreApplication::setOrganizationName(u"TCP Steps"_s);
    QCoreApplication::setApplicationName(Program::name(side));
}

template<typename Options>
std::optional<int> run(Side side, Options &options, const LadderSaver &saveLadder)
{
    setNames(side);
    const auto outcome = CommandLine::parse(QCoreApplication::arguments(), options);
    if (outcome.status != 0)
        Program::complain(outcome.text);
    else if (!outcome.text.isEmpty())
        printLine(stdout, outcome.text);
    if (!outcome.text.isEmpty())
        return outcome.status;
    if constexpr (std::is_same_v<Options, ServerOptions>) {
        if (!options.command.isEmpty())
            return LinkRun::run(options.network, options.command, Program::complain);
    }
    for (const QString &path : {options.openPath, options.secondPath, options.dumpPath})
        CaptureInput::permitFifo(path);
    if (!options.dumpPath.isEmpty()) {
        const WireDump dump = dumpWire(options.dumpPath, options.relative, options.connection, stdout);
        for (const QString &sentence : {dump.leftOut, dump.error}) {
            if (!sentence.isEmpty())
                Program::complain(u"%1: %2"_s.arg(StepText::escaped(options.dumpPath.toUtf8()).text, sentence));
        }
        return dump.error.isEmpty() ? 0 : 1;
    }
    if (!options.exportPath.isEmpty()) {
        ExportProgress progress;
        ExportOutcome exported;
        ExportSource source = options.secondPath.isEmpty()
                                  ? ExportSource::of(options.openPath, exported.error)
                                  : ExportSource::ofBoth(options.openPath, options.secondPath, exported.error);
        source.connection = options.connection;
        source.side = options.side;
        if (exported.error.isEmpty())
            exported = exportFile(source, options.exportPath, saveLadder, progress);
        for (const QString &sentence : {exported.note, exported.error}) {
            if (!sentence.isEmpty())
                Program::complain(StepText::escaped(sentence.toUtf8()).text);
        }
        return exported.error.isEmpty() ? 0 : 1;
    }
    if (options.headless)
        return HeadlessRun::run(options);
    if (QCoreApplication::instance()->inherits("QApplication"))
        return std::nullopt;
    Program::complain(ProgramStrings::tr("the value of an option looks like an option: write it as --option=value"));
    return 2;
}

} // namespace

QString Program::name(Side side)
{
    const bool isInstalled = QFileInfo(QCoreApplication::applicationFilePath()).fileName().startsWith("tcp-steps-"_L1);
    return isInstalled ? "tcp-steps-"_L1 + StepText::word(side) : StepText::word(side) + "_gui"_L1;
}

void Program::complain(const QString &sentence)
{
    printLine(stderr, u"%1: %2"_s.arg(QCoreApplication::applicationName(), sentence));
}

void Program::openStandardDescriptors()
{
    int descriptor = 0;
    do
        descriptor = open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor >= 0)
        close(descriptor);
}

int Program::finish(int status)
{
    if (Client::leavesLookup() || Errand::isAnyOut()) {
        std::fflush(nullptr);
        std::_Exit(status);
    }
    return status;
}

Program::Arguments::Arguments(int argc, char **argv)
{
    for (int i = 0; i < argc; ++i) {
        const bool isSession = std::string_view(argv[i]) == "--session" && i + 1 < argc;
        m_strings.push_back(isSession ? std::string("--session=") + argv[++i] : std::string(argv[i]));
    }
    for (std::string &string : m_strings)
        m_values.push_back(string.data());
    m_count = int(m_values.size());
    m_values.push_back(nullptr);
}

bool Program::needsPainting(int argc, const char *const *argv)
{
    constexpr std::string_view option = "--export";
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
        std::string_view value(argv[i]);
        if (value.starts_with(std::string(option) + '='))
            value.remove_prefix(option.size() + 1);
        else if (argv[i - 1] != option)
            continue;
        const auto kind = exportKindOf(QString::fromLocal8Bit(value.data(), qsizetype(value.size())));
        if (kind && isPicture(*kind))
            return true;
    }
    return false;
}

bool Program::isLink(int argc, const char *const *argv)
{
    return argc > 1 && std::string_view(argv[1]) == "--link";
}

bool Program::isWindowless(int argc, const char *const *argv)
{
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
        const std::string_view argument(argv[i]);
        const std::string_view before(argv[i - 1]);
        if (before == "-m" || before == "--message" || before == "-r" || before == "--reply")
            continue; // a message can look like anything
        for (const std::string_view option :
             {"--headless", "--export", "--dump-wire", "--link", "--help", "--version", "-h", "-v"}) {
            if (argument == option || argument.starts_with(std::string(option) + '='))
                return true;
        }
    }
    return false;
}

std::optional<int> Program::runWithoutWindow(ServerOptions &options, const LadderSaver &saveLadder)
{
    return run(Side::Server, options, saveLadder);
}

std::optional<int> Program::runWithoutWindow(ClientOptions &options, const LadderSaver &saveLadder)
{
    return run(Side::Client, options, saveLadder);
}

bool Program::hasDisplay(int argc, const char *const *argv)
{
#if defined(Q_OS_LINUX) || defined(Q_OS_FREEBSD)
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return true;
    }
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]).ends_with("-platform"))
            return true;
    }
    const QString program = QFileInfo(QString::fromLocal8Bit(argv[0])).fileName();
    printLine(stderr,
              u"%1: there is no display to open a window on; with --headless it runs without one"_s.arg(program));
    return false;
#else
    Q_UNUSED(argc)
    Q_UNUSED(argv)
    return true;
#endif
}
