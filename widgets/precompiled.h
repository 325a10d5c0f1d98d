// What nearly every file of the window includes; parsed once (target_precompile_headers). Files still include what they
// use, so that they compile without it.
#pragma once

#include <QAbstractItemModel>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QString>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>
