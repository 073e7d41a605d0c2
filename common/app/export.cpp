// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export.h"

#include "captureexport.h"
#include "capturesignature.h"
#include "ladder/laddermodel.h"
#include "sessionexport.h"
#include "sessionsteps.h"
#include "stepcomments.h"
#include "wire/capturefile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <set>

namespace {

constexpr qsizetype packetsAtOnce = 4096;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

/// All that the source tells, in memory.
class Conversations
{
public:
    explicit Conversations(const ExportSource &source)
        : m_recording([this](qsizetype index) { return m_steps[size_t(index)]; })
    {
        if (!source.session.isEmpty())
            readSession(source.session);
        if (!source.capture.isEmpty())
            readCapture(source.capture);
    }

    const Recording &recording() const { return m_recording; }
    const std::vector<Step> &steps() const { return m_steps; }
    const std::set<int> &connections() const { return m_connections; }
    const QString &error() const { return m_error; }   ///< nothing could be read
    const QString &broken() const { return m_broken; } ///< where the capture breaks off

private:
    void readSession(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            m_error = Text::tr("Cannot read %1: %2.").arg(path, file.errorString());
            return;
        }
        m_steps = SessionSteps::readAll(file);
        for (const Step &step : m_steps) {
            m_recording.addStep(step);
            if (step.connection > 0)
                m_connections.insert(step.connection);
        }
    }

    void readCapture(const QString &path)
    {
        CaptureFile file(path);
        for (auto state = CaptureFile::State::More; state == CaptureFile::State::More;) {
            std::vector<Segment> segments;
            state = file.read(packetsAtOnce, segments);
            m_recording.addSegments(segments);
        }
        m_recording.setEnded();
        m_broken = file.sentence();
    }

    std::vector<Step> m_steps;
    Recording m_recording;
    std::set<int> m_connections; ///< of the steps
    QString m_error;
    QString m_broken;
};

ExportOutcome exportFirstLadder(const ExportSource &source, const QString &to, const LadderSaver &saveLadder)
{
    const Conversations conversations(source);
    if (!conversations.error().isEmpty())
        return {.error = conversations.error()};
    LadderModel ladder(conversations.recording());
    const std::set<int> &connections = conversations.connections();
    const size_t count = connections.empty() ? size_t(conversations.recording().flows().count()) : connections.size();
    if (!connections.empty())
        ladder.showConnection(*connections.begin());
    else if (count > 0)
        ladder.showFlow(0);
    else if (source.capture.isEmpty())
        return {.error = Text::tr("Nothing to export: %1 holds no steps of a connection.").arg(source.session)};
    else
        return {.error = conversations.broken().isEmpty()
                             ? Text::tr("Nothing to export: %1 holds no TCP segments.").arg(source.capture)
                             : Text::tr("Nothing to export from %1: %2").arg(source.capture, conversations.broken())};
    ExportOutcome outcome{.error = saveLadder(ladder, to)};
    if (outcome.error.isEmpty() && !conversations.broken().isEmpty())
        outcome.error = Text::tr("%1 holds what could be read of the capture: %2").arg(to, conversations.broken());
    if (outcome.error.isEmpty() && count > 1)
        outcome.note = Text::tr("%1 shows the first of %2 connections, %3 → %4.")
                           .arg(to)
                           .arg(count)
                           .arg(ladder.address(Side::Client), ladder.address(Side::Server));
    return outcome;
}

QString exportCommented(const ExportSource &source, const QString &to)
{
    if (source.capture.isEmpty())
        return Text::tr("Nothing to export to %1: a session holds no segments, and nothing was captured.").arg(to);
    if (source.session.isEmpty())
        return exportCapture(source.capture, to, ExportKind::Pcapng);
    const Conversations conversations(source);
    if (!conversations.error().isEmpty())
        return conversations.error();
    return exportCapture(source.capture, to, ExportKind::Pcapng,
                         stepComments(conversations.recording().flows(), conversations.steps()));
}

bool isSame(const QString &path, const QString &to)
{
    return QFileInfo::exists(path) && QFileInfo(path) == QFileInfo(to);
}

} // namespace

ExportSource ExportSource::of(const QString &path)
{
    return CaptureSignature::isInFile(path) ? ExportSource{.capture = path} : ExportSource{.session = path};
}

ExportOutcome exportFile(const ExportSource &source, const QString &to, const LadderSaver &saveLadder)
{
    const auto kind = exportKindOf(to);
    if (!kind)
        return {.error = Text::tr("Cannot export to %1: the name must end with .txt, .jsonl, .csv, .mmd, .svg, .png or "
                                  ".pcapng.")
                             .arg(to)};
    if (source.session.isEmpty() && source.capture.isEmpty())
        return {.error = Text::tr("Nothing to export: no segments were captured.")};
    if (isSame(source.session, to))
        return {.error = Text::tr("Cannot export to %1: that is the session itself.").arg(to)};
    if (isSame(source.capture, to))
        return {.error = Text::tr("Cannot export to %1: that is the capture itself.").arg(to)};
    if (isLadder(*kind))
        return exportFirstLadder(source, to, saveLadder);
    if (*kind == ExportKind::Pcapng)
        return {.error = exportCommented(source, to)};
    return {.error = source.session.isEmpty() ? exportCapture(source.capture, to, *kind)
                                              : exportSession(source.session, to, *kind)};
}
