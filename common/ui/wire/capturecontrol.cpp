// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturecontrol.h"

#include "capturepanel.h"
#include "ui/status/statusline.h"

#include <QFileDialog>

namespace {

const auto captureKey = QLatin1StringView("capture");
const auto fileKey = QLatin1StringView("captureFile");
const auto leftOutKey = QLatin1StringView("leftOut");

} // namespace

CaptureControl::CaptureControl(Side side, const QString &path, const FlowTable &flows, StatusLine &notices,
                               QObject *parent)
    : ConversationCapture(path, flows, parent)
    , m_side(side)
    , m_notices(notices)
{
    const auto fail = [this](const QString &sentence) {
        log(sentence);
        m_notices.show(
            {.key = fileKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Error, .text = sentence});
    };
    connect(this, &ConversationCapture::noted, this, &CaptureControl::log);
    connect(this, &ConversationCapture::dropped, this, &CaptureControl::log);
    connect(this, &ConversationCapture::fileFailed, this, fail);
    connect(this, &ConversationCapture::leftOut, this, [this](const QString &sentence) {
        if (sentence.isEmpty()) // a file that was cut has grown
            m_notices.remove(leftOutKey);
        else
            m_notices.show(
                {.key = leftOutKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Warning, .text = sentence});
    });
    connect(this, &ConversationCapture::failed, this, &CaptureControl::tellProblem);
    connect(&m_opener, &FileOpener::looked, this, [this](const FileLook &look) {
        if (look.kind == FileLook::Kind::Nothing)
            m_notices.show({.key = fileKey, .level = Notice::Level::Error, .text = look.error});
        else
            follow(look.path);
    });
    connect(this, &ConversationCapture::began, this, [this] {
        m_told.clear();
        m_notices.remove(captureKey);
        m_notices.remove(leftOutKey);
    });
}

ExportSource CaptureControl::exportSource(const QString &session) const
{
    const auto &found = problem();
    return {.session = session,
            .capture = packetFile(),
            .payload = {payloadFile()},
            .isLive = true,
            .problem = found ? found->reason : QString(),
            .drops = quint64(drops())};
}

void CaptureControl::log(const QString &sentence)
{
    emit logged(Step::event(m_side, StepKind::Capture, sentence));
}

void CaptureControl::tellProblem(const CaptureProblem &problem)
{
    const QString sentence = CaptureAdvice::sentence(problem);
    if (std::exchange(m_told, sentence) == sentence)
        return;
    if (problem.isOfFile) {
        log(sentence);
        m_notices.show(
            {.key = captureKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Warning, .text = sentence});
        return;
    }
    // The log says what this means for the user; the notice only that nothing is captured.
    log(problem.isForbidden ? tr("No capture: Sequence shows messages, not segments. %1").arg(sentence) : sentence);
    Notice notice{.key = captureKey,
                  .level = problem.isForbidden ? Notice::Level::Information : Notice::Level::Warning,
                  .text = problem.isForbidden ? tr("Segments are not captured.") : sentence,
                  .actions = {{tr("Show How"), [this] { emit showHowRequested(); }, Qt::CTRL | Qt::SHIFT | Qt::Key_H}}};
    m_notices.show(std::move(notice));
}

void CaptureControl::serve(CapturePanel *panel)
{
    if (problem())
        panel->setProblem(*problem());
    if (port() != 0)
        panel->setPort(port());
    connect(this, &ConversationCapture::failed, panel, [this, panel](const CaptureProblem &problem) {
        panel->setProblem(problem);
        panel->setPort(port());
    });
    connect(panel, &CapturePanel::openCaptureRequested, this, [this, panel] { openCapture(panel); });
    connect(panel, &CapturePanel::openLabRequested, &m_lab, &LabLauncher::start);
    connect(&m_lab, &LabLauncher::failed, panel, &CapturePanel::setLabError);
}

void CaptureControl::openCapture(QWidget *window)
{
    auto *dialog = new QFileDialog(window, tr("Open Capture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Captures (*.pcap *.pcapng *.cap)"), tr("All files (*)")});
    dialog->selectFile(CaptureAdvice::tcpdumpFile(port()));
    connect(dialog, &QFileDialog::fileSelected, &m_opener, &FileOpener::open);
    dialog->open();
}

#include "moc_capturecontrol.cpp"
