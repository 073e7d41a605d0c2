// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"
#include "steps/sessionfile.h"
#include "steps/stepjson.h"

#include <QCoreApplication>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using Fuzz::check;

namespace {

constexpr qsizetype longestContent = 3 * 512 * 1024;
constexpr qsizetype longestLine = 1024 * 1024; ///< the longest that SessionFile reads
constexpr qsizetype maxRows = 130;             ///< rows that are checked

/// Creates long lines, and many of them, from few bytes: 0xfe 0xfd n (not UTF-8, and therefore not JSON) repeats the
/// byte before it, n KiB or n newlines.
QByteArray contentFrom(Fuzz::Input input)
{
    QByteArray content;
    while (!input.isEmpty() && content.size() < longestContent) {
        const char byte = char(input.byte());
        if (byte == '\xfd' && content.size() > 1 && content.endsWith('\xfe')) {
            content.chop(1);
            content.append(input.byte() * qsizetype(content.back() == '\n' ? 1 : 1024), content.back());
        } else {
            content.append(byte);
        }
    }
    return content;
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    check(file.open(QIODevice::WriteOnly) && file.write(content) == content.size(), "the target can write its file");
}

/// Compares a step that was written with the one that was read. If only the beginning of a message is kept, an
/// incomplete character at its end may be missing.
bool isSame(const Step &before, Step after)
{
    if (before.isCut() && before.payload.size() - after.payload.size() <= 3 && before.payload.startsWith(after.payload))
        after.payload = before.payload;
    return before == after;
}

void waitUntilComplete(const SessionFile &file)
{
    while (!file.isComplete())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

/// Checks that a row has the same content as its line.
void checkRow(const SessionFile &file, qsizetype row, const QByteArray &line)
{
    const Step step = file.at(row);
    const bool isEvent = file.isEvent(row);
    Step read;
    if (line.size() > longestLine)
        return;
    if (!StepJson::fromLine(line, read)) {
        check(step.kind == StepKind::Error && !step.detail.isEmpty(), "a line that is no step is an error");
        return;
    }
    check(step == read, "a row is what its line says");
    const QByteArray again = StepJson::toLine(step);
    check(!again.contains('\n'), "a step is one line");
    check(line != again || isEvent == step.isEvent(), "isEvent() is right about a line that SessionFile has written");
}

/// Checks that steps that were read are the same after they are written and read again.
void checkRoundTrip(const QList<Step> &steps, const QString &path)
{
    {
        SessionFile file;
        check(file.create(path), "a session is replaced");
        for (const Step &step : steps)
            file.append(step);
    }
    SessionFile file;
    check(file.open(path), "what was written is a session");
    waitUntilComplete(file);
    check(file.count() == steps.size(), "as many steps are read as were written");
    for (qsizetype row = 0; row < steps.size(); ++row)
        check(isSame(steps[row], file.at(row)), "a step that was written is read back");
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz_sessionfile";
    static char *argv[] = {name, nullptr};
    static const QCoreApplication application(argc, argv);
    static const QTemporaryDir folder;
    static const QString path = folder.filePath(u"session.jsonl"_s);

    Fuzz::Input input(data, size);
    const int slice = 1 + input.byte();
    const QByteArray content = contentFrom(input);
    write(path, content);
    SessionFile file(nullptr, {.indexSlice = slice + content.size() / 16});
    check(file.open(path) == (content.isEmpty() || content.startsWith('{')), "a session begins with an object");
    if (!file.errorString().isEmpty())
        return 0;
    waitUntilComplete(file);
    check(file.count() == content.count('\n'), "a line is a row");

    const QByteArrayList lines = content.split('\n');
    QList<Step> steps;
    // From the last row to the first, like a user who scrolls up.
    for (qsizetype row = std::min(file.count(), maxRows) - 1; row >= 0; --row) {
        checkRow(file, row, lines[row]);
        const Step step = file.at(row);
        // Escapes can make a line longer than the limit for reading.
        if (StepJson::toLine(step).size() <= longestLine)
            steps.append(step);
    }
    checkRoundTrip(steps, folder.filePath(u"again.jsonl"_s));
    return 0;
}
