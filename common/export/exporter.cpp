// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exporter.h"

#include "export.h"

namespace {

constexpr int lookMs = 150;
constexpr int tidyMs = 2000; ///< an export checks a hundred times a second whether it was cancelled

} // namespace

Exporter::Exporter(LadderSaver saveLadder, QObject *parent)
    : QObject(parent)
    , m_saveLadder(std::move(saveLadder))
    , m_errand(this)
    , m_look(this)
{
    m_look.setInterval(lookMs);
    connect(&m_look, &QTimer::timeout, this, [this] { emit progressed(m_progress->percent()); });
}

Exporter::~Exporter()
{
    cancel();
    m_errand.wait(tidyMs);
}

void Exporter::start(const ExportSource &source, const QString &path)
{
    m_waiting.emplace_back(source, path);
    if (!m_errand.isOut())
        startNext();
}

void Exporter::startNext()
{
    if (m_waiting.empty())
        return;
    ExportSource source = std::move(m_waiting.front().first);
    m_path = m_waiting.front().second;
    m_waiting.pop_front();
    m_progress = std::make_shared<ExportProgress>();
    m_look.start();
    m_errand.send([this, source = std::move(source), path = m_path, save = m_saveLadder,
                   progress = m_progress]() -> Errand::Answer {
        const ExportOutcome outcome = exportFile(source, path, save, *progress);
        return [this, outcome] {
            m_look.stop();
            emit finished(outcome);
            startNext();
        };
    });
}

void Exporter::cancel()
{
    m_look.stop();
    if (m_errand.isOut())
        m_progress->cancel();
}

#include "moc_exporter.cpp"
