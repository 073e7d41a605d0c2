// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturepanel.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

namespace {

void setTextOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

void addRow(QGridLayout *layout, QWidget *widget, QWidget *button = nullptr)
{
    const int row = layout->rowCount();
    layout->addWidget(widget, row, 0, 1, button ? 1 : 2);
    if (button)
        layout->addWidget(button, row, 1, Qt::AlignTop);
}

QPushButton *makeButton(const QString &text, const char *name, const QKeySequence &shortcut, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QLatin1StringView(name));
    button->setShortcut(shortcut);
    button->setToolTip(shortcut.toString(QKeySequence::NativeText));
    return button;
}

} // namespace

CapturePanel::CapturePanel(QWidget *parent)
    : QWidget(parent)
    , m_reason(addLabel("captureReason"))
    , m_commands(addLabel("captureCommands", true))
    , m_copyCommands(addCopyButton(m_commands, "copyCaptureCommands", Qt::CTRL | Qt::SHIFT | Qt::Key_K))
    , m_afterwards(addLabel("captureAfterwards"))
    , m_tcpdump(addLabel("tcpdumpCommand", true))
    , m_labError(addLabel("labError"))
{
    m_commands->setAccessibleName(tr("Commands that allow capturing"));
    m_tcpdump->setAccessibleName(tr("Command that captures into a file"));
    auto *heading = new QLabel(tr("Segments are not captured"), this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    auto *orTcpdump = new QLabel(tr("Or capture in a terminal, and open the file here while it grows:"), this);
    auto *orLab = new QLabel(tr("Or open both programs in the lab: a private network of their own, where capturing "
                                "needs no rights."),
                             this);
    for (QLabel *label : {orTcpdump, orLab})
        label->setWordWrap(true);
    auto *openCapture = makeButton(tr("Open Capture…"), "openCapture", Qt::CTRL | Qt::SHIFT | Qt::Key_O, this);
    auto *openLab = makeButton(tr("Open the Pair in the Lab"), "openLab", Qt::CTRL | Qt::SHIFT | Qt::Key_L, this);
    connect(openCapture, &QPushButton::clicked, this, &CapturePanel::openCaptureRequested);
    connect(openLab, &QPushButton::clicked, this, [this] {
        setLabError({});
        emit openLabRequested();
    });

    auto *layout = new QGridLayout(this);
    addRow(layout, heading);
    addRow(layout, m_reason);
    addRow(layout, m_commands, m_copyCommands);
    addRow(layout, m_afterwards);
    addRow(layout, orTcpdump);
    addRow(layout, m_tcpdump, addCopyButton(m_tcpdump, "copyTcpdump", Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    layout->addWidget(openCapture, layout->rowCount(), 0, Qt::AlignLeft);
    addRow(layout, orLab);
    layout->addWidget(openLab, layout->rowCount(), 0, Qt::AlignLeft);
    addRow(layout, m_labError);
    layout->setColumnStretch(0, 1);
    layout->setRowStretch(layout->rowCount(), 1);
    setProblem({});
    setPort(m_port);
    setLabError({});
}

QLabel *CapturePanel::addLabel(const char *name, bool isCommand)
{
    auto *label = new QLabel(this);
    label->setObjectName(QLatin1StringView(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (isCommand)
        label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return label;
}

QPushButton *CapturePanel::addCopyButton(QLabel *command, const char *name, const QKeySequence &shortcut)
{
    QPushButton *button = makeButton(tr("Copy"), name, shortcut, this);
    connect(button, &QPushButton::clicked, command,
            [command] { QGuiApplication::clipboard()->setText(command->text()); });
    return button;
}

void CapturePanel::setProblem(const CaptureProblem &problem)
{
    setTextOrHide(m_reason, problem.reason);
    setTextOrHide(m_commands, problem.commands.join(QLatin1Char('\n')));
    m_copyCommands->setVisible(!problem.commands.isEmpty());
    setTextOrHide(m_afterwards, problem.afterwards.trimmed());
}

void CapturePanel::setPort(quint16 port)
{
    m_port = port;
    m_tcpdump->setText(CaptureAdvice::tcpdumpCommand(port));
}

void CapturePanel::setLabError(const QString &sentence)
{
    setTextOrHide(m_labError, sentence);
}

QString CapturePanel::suggestedFile() const
{
    return CaptureAdvice::tcpdumpFile(m_port);
}

#include "moc_capturepanel.cpp"
