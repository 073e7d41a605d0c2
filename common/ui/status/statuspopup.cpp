// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "statuspopup.h"

#include "ui/tools/uitools.h"

#include <QLabel>
#include <QVBoxLayout>

void StatusPopup::open(const std::vector<Entry> &entries, QWidget &line)
{
    auto *popup = new StatusPopup(entries, line);
    const int height = popup->layout()->totalHeightForWidth(line.width());
    popup->resize(line.width(), height);
    popup->move(line.mapToGlobal(QPoint(0, -height)));
    popup->show();
}

StatusPopup::StatusPopup(const std::vector<Entry> &entries, QWidget &line)
    : QFrame(&line, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(StyledPanel);
    UiTools::describe(this, "statusPopup", tr("Full status"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(UiTools::grid, UiTools::grid, UiTools::grid, UiTools::grid);
    layout->setSpacing(UiTools::grid);
    for (const Entry &entry : entries) {
        const QString text = entry.level && *entry.level != Notice::Level::Information
                                 ? tr("%1: %2", "how serious, what").arg(levelName(*entry.level), entry.text)
                                 : entry.text;
        auto *label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(label);
    }
}

QString StatusPopup::levelName(Notice::Level level)
{
    switch (level) {
    case Notice::Level::Information:
        return tr("Information");
    case Notice::Level::Warning:
        return tr("Warning");
    case Notice::Level::Error:
        break;
    }
    return tr("Error");
}

#include "moc_statuspopup.cpp"
